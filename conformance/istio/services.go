package main

import (
	"encoding/json"
	"fmt"
	"time"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/serviceregistry/provider"
	"istio.io/istio/pkg/config/host"
	"istio.io/istio/pkg/config/protocol"
	"istio.io/istio/pkg/config/visibility"
)

// The part of a Service of Kubernetes that names it and its ports.
type kubernetesService struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
	Spec struct {
		Ports []struct {
			Name string `json:"name"`
			Port int    `json:"port"`
		} `json:"ports"`
	} `json:"spec"`
}

var addresses = map[string]string{}

// Every service has an address of its own, the same in every mesh.
func addressOf(name string) string {
	if _, known := addresses[name]; !known {
		addresses[name] = fmt.Sprintf("10.96.%d.%d", len(addresses)/250, 1+len(addresses)%250)
	}
	return addresses[name]
}

func readService(raw json.RawMessage) (*model.Service, bool) {
	var read kubernetesService
	if err := json.Unmarshal(raw, &read); err != nil || read.Kind != "Service" {
		return nil, false
	}
	name, namespace := read.Metadata.Name, read.Metadata.Namespace
	hostname := host.Name(fmt.Sprintf("%s.%s.svc.cluster.local", name, namespace))
	ports := model.PortList{}
	for _, port := range read.Spec.Ports {
		ports = append(ports, &model.Port{Name: port.Name, Port: port.Port, Protocol: protocol.HTTP})
	}
	return &model.Service{
		Hostname:       hostname,
		DefaultAddress: addressOf(string(hostname)),
		CreationTime:   time.Unix(0, 0),
		Ports:          ports,
		Resolution:     model.ClientSideLB,
		Attributes: model.ServiceAttributes{
			Name:            name,
			Namespace:       namespace,
			ServiceRegistry: provider.Kubernetes,
			ExportTo:        map[visibility.Instance]struct{}{visibility.Public: {}},
		},
	}, true
}

func addressOfPod(index int) string {
	return fmt.Sprintf("10.1.0.%d", 1+index)
}
