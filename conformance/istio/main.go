// Command istio says what Istio makes of meshes: one mesh a line goes in as JSON, one answer a line comes out: what the
// validating webhook says of each object, and what the control plane sends to each proxy.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"firebreak/conformance/istio/quiet"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/networking/core"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/wellknown"
)

// Question is a mesh, and the proxies whose configuration is asked for.
type Question struct {
	// As `kubectl get -o json` prints them; their creationTimestamp counts.
	Objects []json.RawMessage `json:"objects"`
	Pods    []Pod             `json:"pods"`
	// Whether the clusters of the proxies are asked for, too.
	Clusters bool `json:"clusters"`
	// Whether there are objects that only the controllers of a whole cluster convert.
	Controllers bool `json:"controllers"`
}

// Pod is one proxy: of a gateway (`router`), or a sidecar.
type Pod struct {
	Type      model.NodeType    `json:"type"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
}

// Answer has a verdict for each object, and a proxy for each pod.
type Answer struct {
	// Nothing where the webhook admits the object, else what it says.
	Verdicts []string `json:"verdicts"`
	Proxies  []Proxy  `json:"proxies"`
	Error    string   `json:"error,omitempty"`
}

// Proxy is what one pod is sent.
type Proxy struct {
	Ports  []Port                     `json:"ports"`
	Routes map[string]json.RawMessage `json:"routes"`
	// By the name of each outbound cluster, how long it waits for a connection: the mark of the policy that applies.
	Clusters map[string]string `json:"clusters,omitempty"`
}

// Port is one listener, as far as it holds HTTP.
type Port struct {
	Number uint32  `json:"number"`
	Chains []Chain `json:"chains"`
}

// Chain is the filter chain of some TLS names; without any, of plain requests.
type Chain struct {
	ServerNames []string        `json:"serverNames,omitempty"`
	TLS         bool            `json:"tls,omitempty"`
	RouteName   string          `json:"routeName"`
	Manager     json.RawMessage `json:"manager"`
	// What refuses requests before a route is looked for, in the order in which it is asked.
	Access []json.RawMessage `json:"access,omitempty"`
}

func main() {
	certificate := flag.Bool("certificate", false, "print a key and a certificate that signs itself, and end")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	results := json.NewEncoder(out)
	if *certificate {
		check(results.Encode(selfSigned()))
		return
	}
	quiet.Silence()
	features.EnableUnsafeAssertions = false
	questions := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var question Question
		err := questions.Decode(&question)
		if errors.Is(err, io.EOF) {
			return
		}
		check(err)
		if question.Controllers {
			check(results.Encode(answerOfCluster(question)))
		} else {
			check(results.Encode(answer(question)))
		}
		check(out.Flush())
	}
}

func answer(question Question) (given Answer) {
	given.Verdicts = []string{}
	given.Proxies = []Proxy{}
	var admitted []config.Config
	var services []*model.Service
	for _, raw := range question.Objects {
		if service, ok := readService(raw); ok {
			services = append(services, service)
			given.Verdicts = append(given.Verdicts, "")
			continue
		}
		object, verdict := review(raw)
		given.Verdicts = append(given.Verdicts, verdict)
		if verdict == "" {
			admitted = append(admitted, *object)
		}
	}
	if len(question.Pods) == 0 {
		return given
	}
	err := test.Wrap(func(t test.Failer) {
		generator := core.NewConfigGenTest(t, core.TestOptions{Configs: admitted, Services: services})
		for index, pod := range question.Pods {
			given.Proxies = append(given.Proxies, proxyOf(generator, pod, index, question.Clusters))
		}
	})
	if err != nil {
		given.Error = err.Error()
	}
	return given
}

// What the validating webhook does with an object: decode it, validate it.
func review(raw json.RawMessage) (*config.Config, string) {
	var object crd.IstioKind
	if err := json.Unmarshal(raw, &object); err != nil {
		return nil, err.Error()
	}
	gvk := object.GroupVersionKind()
	schema, exists := collections.PilotGatewayAPI().FindByGroupKind(resource.FromKubernetesGVK(&gvk))
	if !exists {
		return nil, fmt.Sprintf("unrecognized type %v", gvk)
	}
	converted, err := crd.ConvertObject(schema, &object, "cluster.local")
	if err != nil {
		return nil, err.Error()
	}
	if _, err := schema.ValidateConfig(*converted); err != nil {
		return nil, err.Error()
	}
	return converted, ""
}

func proxyOf(generator *core.ConfigGenTest, pod Pod, index int, withClusters bool) Proxy {
	proxy := generator.SetupProxy(&model.Proxy{
		Type:            pod.Type,
		ID:              fmt.Sprintf("pod%d.%s", index, pod.Namespace),
		ConfigNamespace: pod.Namespace,
		Labels:          pod.Labels,
		IPAddresses:     []string{addressOfPod(index)},
		Metadata: &model.NodeMetadata{
			Namespace:    pod.Namespace,
			Labels:       pod.Labels,
			IstioVersion: "1.32.0",
			ClusterID:    constants.DefaultClusterName,
		},
	})
	listeners := generator.Listeners(proxy)
	given := Proxy{Ports: []Port{}, Routes: map[string]json.RawMessage{}}
	for _, listener := range listeners {
		port := Port{Number: listener.GetAddress().GetSocketAddress().GetPortValue(), Chains: []Chain{}}
		for _, chain := range listener.GetFilterChains() {
			for _, filter := range chain.GetFilters() {
				if filter.GetName() != wellknown.HTTPConnectionManager {
					continue
				}
				manager := &hcm.HttpConnectionManager{}
				check(filter.GetTypedConfig().UnmarshalTo(manager))
				if manager.GetRds() == nil {
					continue
				}
				port.Chains = append(port.Chains, Chain{
					ServerNames: chain.GetFilterChainMatch().GetServerNames(),
					TLS:         chain.GetTransportSocket() != nil,
					RouteName:   manager.GetRds().GetRouteConfigName(),
					Access:      accessFilters(manager),
					Manager:     toJSON(withoutSurroundings(manager)),
				})
			}
		}
		if len(port.Chains) > 0 {
			given.Ports = append(given.Ports, port)
		}
	}
	for _, routes := range generator.RoutesFromListeners(proxy, listeners) {
		given.Routes[routes.GetName()] = toJSON(routes)
	}
	if withClusters {
		given.Clusters = outboundClusters(generator.Clusters(proxy))
	}
	return given
}

func outboundClusters(clusters []*cluster.Cluster) map[string]string {
	given := map[string]string{}
	for _, each := range clusters {
		if strings.HasPrefix(each.GetName(), "outbound|") {
			given[each.GetName()] = each.GetConnectTimeout().AsDuration().String()
		}
	}
	return given
}

const accessFilter = "envoy.filters.http.rbac"

func accessFilters(manager *hcm.HttpConnectionManager) []json.RawMessage {
	var filters []json.RawMessage
	for _, each := range manager.GetHttpFilters() {
		if each.GetName() == accessFilter {
			filters = append(filters, toJSON(each))
		}
	}
	return filters
}

// What a manager does with requests before a route is looked for: without filters, logs and traces.
func withoutSurroundings(manager *hcm.HttpConnectionManager) *hcm.HttpConnectionManager {
	manager.HttpFilters = nil
	manager.AccessLog = nil
	manager.AccessLogOptions = nil
	manager.Tracing = nil
	manager.UpgradeConfigs = nil
	manager.RouteSpecifier = nil
	return manager
}

func toJSON(message proto.Message) json.RawMessage {
	text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(message)
	check(err)
	return text
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
