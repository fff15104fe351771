// Command yaml-reader says what Kubernetes makes of texts: one JSON string a line goes in, one result a line comes out.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

// Reading is what the decoder of kubectl and Argo CD gives before it stops, and why it stops before the end.
type Reading struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

// As large as kubectl and Argo CD have it.
const sniffed = 4096

func read(text string) Reading {
	reading := Reading{Documents: []json.RawMessage{}}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), sniffed)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return reading
		}
		if err != nil {
			reading.Error = err.Error()
			return reading
		}
		if len(document) > 0 && string(document) != "null" {
			reading.Documents = append(reading.Documents, document)
		}
	}
}

func main() {
	texts := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	results := json.NewEncoder(out)
	for {
		var text string
		if err := texts.Decode(&text); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		if err := results.Encode(read(text)); err != nil {
			panic(err)
		}
	}
}
