package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	metadatafake "k8s.io/client-go/metadata/fake"
	clienttesting "k8s.io/client-go/testing"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/gateway-api/pkg/consts"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/crd"
	"istio.io/istio/pkg/config/schema/gvr"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/test/env"
	"istio.io/istio/pkg/util/sets"
)

// The CRDs of the Gateway API, which fill in what is left out and refuse what does not fit.
var definitions = sync.OnceValue(func() *crd.Validator {
	path := filepath.Join(env.IstioSrc, "tests/integration/pilot/testdata/gateway-api-crd.yaml")
	validator, err := crd.NewValidatorFromFilesWithOptions([]string{path}, crd.WithoutCRDValidation())
	check(err)
	validator.SkipMissing = true
	return validator
})

// What the API server says of an object of the Gateway API or of Kubernetes itself, and the object as Istio reads it.
func admit(object *unstructured.Unstructured) (runtime.Object, string) {
	// The defaults are written into the object itself.
	if err := definitions().ValidateCustomResource(object); err != nil {
		return nil, err.Error()
	}
	typed := decoded(object)
	if service, ok := typed.(*corev1.Service); ok {
		completeService(service)
	}
	return typed, ""
}

// The object as Istio reads it: what does not fit its type was refused before.
func decoded(object *unstructured.Unstructured) runtime.Object {
	text, err := object.MarshalJSON()
	check(err)
	typed, _, err := kube.IstioCodec.UniversalDeserializer().Decode(text, nil, nil)
	check(err)
	return typed
}

func completeService(service *corev1.Service) {
	service.Spec.ClusterIP = addressOf(fmt.Sprintf("%s.%s", service.Name, service.Namespace))
	for index := range service.Spec.Ports {
		port := &service.Spec.Ports[index]
		port.Protocol = corev1.ProtocolTCP
		if port.TargetPort == (intstr.IntOrString{}) {
			port.TargetPort = intstr.FromInt32(port.Port)
		}
	}
}

// What Istio's own webhook judges.
var groupsOfIstio = sets.New("networking.istio.io", "security.istio.io")

// A whole cluster: its objects are converted by the controllers of Istio, and pods are found behind Services.
func answerOfCluster(question Question) (given Answer) {
	given.Verdicts = []string{}
	given.Proxies = []Proxy{}
	var configs []config.Config
	var objects []runtime.Object
	for _, raw := range question.Objects {
		object := &unstructured.Unstructured{}
		check(object.UnmarshalJSON(raw))
		verdict := ""
		if object.GetKind() == "Deployment" {
			// Its pods are those that are asked.
		} else if groupsOfIstio.Contains(object.GroupVersionKind().Group) {
			var admitted *config.Config
			if admitted, verdict = review(raw); verdict == "" {
				configs = append(configs, *admitted)
			}
			if verdict == "" && object.GetKind() == "ServiceEntry" {
				// Routes are attached to what the client of the cluster has.
				objects = append(objects, decoded(object))
			}
		} else {
			var admitted runtime.Object
			if admitted, verdict = admit(object); verdict == "" {
				objects = append(objects, admitted)
			}
		}
		given.Verdicts = append(given.Verdicts, verdict)
	}
	if len(question.Pods) == 0 {
		return given
	}
	objects = append(objects, deployed(objects)...)
	objects = append(objects, secretsFor(objects)...)
	for index, pod := range question.Pods {
		objects = append(objects, podOf(pod, index))
	}
	err := test.Wrap(func(t test.Failer) {
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			Configs:           configs,
			KubernetesObjects: objects,
			KubeClientModifier: func(client kube.Client) {
				withBundleVersion(client)
				clienttest.MakeCRD(t, client, gvr.ListenerSet)
			},
		})
		given.Proxies = settled(server, question)
	})
	if err != nil {
		given.Error = err.Error()
	}
	return given
}

// Some kinds are read only where their CRD says that it is of a version that Istio knows.
func withBundleVersion(client kube.Client) {
	metadata := client.Metadata().(*metadatafake.FakeMetadataClient)
	for _, verb := range []string{"create", "update"} {
		metadata.PrependReactor(verb, "customresourcedefinitions", func(action clienttesting.Action) (bool, runtime.Object, error) {
			definition, err := meta.Accessor(action.(clienttesting.CreateAction).GetObject())
			check(err)
			definition.SetAnnotations(map[string]string{consts.BundleVersionAnnotation: consts.BundleVersion})
			return false, nil, nil
		})
	}
}

// The controllers work beside each other: what they come to is what they say twice.
func settled(server *xds.FakeDiscoveryServer, question Question) []Proxy {
	last := ""
	for {
		server.Discovery.ConfigUpdate(&model.PushRequest{Forced: true})
		time.Sleep(10 * time.Millisecond)
		server.EnsureSynced(server.T())
		proxies := []Proxy{}
		for index, pod := range question.Pods {
			proxies = append(proxies, proxyOf(server.ConfigGenTest, pod, index, question.Clusters))
		}
		text, err := json.Marshal(proxies)
		check(err)
		if string(text) == last {
			return proxies
		}
		last = string(text)
	}
}

func podOf(pod Pod, index int) *corev1.Pod {
	address := addressOfPod(index)
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("pod%d", index), Namespace: pod.Namespace, Labels: pod.Labels},
		Status: corev1.PodStatus{
			Phase:      corev1.PodRunning,
			PodIP:      address,
			PodIPs:     []corev1.PodIP{{IP: address}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
		},
	}
}

// The Services that Istio makes for Gateways which name no other.
func deployed(objects []runtime.Object) []runtime.Object {
	var services []runtime.Object
	for _, object := range objects {
		if parent, ok := object.(*gateway.Gateway); ok && len(parent.Spec.Addresses) == 0 {
			services = append(services, serviceFor(parent))
		}
	}
	return services
}

func serviceFor(parent *gateway.Gateway) *corev1.Service {
	service := &corev1.Service{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{
			Name:      fmt.Sprintf("%s-%s", parent.Name, parent.Spec.GatewayClassName),
			Namespace: parent.Namespace,
		},
		Spec: corev1.ServiceSpec{Selector: map[string]string{"gateway.networking.k8s.io/gateway-name": parent.Name}},
	}
	known := map[int32]bool{}
	for _, listener := range parent.Spec.Listeners {
		if port := int32(listener.Port); !known[port] {
			known[port] = true
			name := fmt.Sprintf("%s-%d", strings.ToLower(string(listener.Protocol)), port)
			service.Spec.Ports = append(service.Spec.Ports, corev1.ServicePort{Name: name, Port: port})
		}
	}
	completeService(service)
	return service
}

var certificateInUse = sync.OnceValue(selfSigned)

// The certificates that listeners name: each is there, in the namespace of its listener.
func secretsFor(objects []runtime.Object) []runtime.Object {
	known := sets.New[string]()
	var secrets []runtime.Object
	add := func(namespace string, tls *gateway.ListenerTLSConfig) {
		if tls == nil {
			return
		}
		for _, each := range tls.CertificateRefs {
			if !known.InsertContains(namespace + "/" + string(each.Name)) {
				secrets = append(secrets, secretOf(namespace, string(each.Name)))
			}
		}
	}
	for _, object := range objects {
		switch parent := object.(type) {
		case *gateway.Gateway:
			for _, listener := range parent.Spec.Listeners {
				add(parent.Namespace, listener.TLS)
			}
		case *gateway.ListenerSet:
			for _, listener := range parent.Spec.Listeners {
				add(parent.Namespace, listener.TLS)
			}
		}
	}
	return secrets
}

func secretOf(namespace, name string) *corev1.Secret {
	given := certificateInUse()
	return &corev1.Secret{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Type:       corev1.SecretTypeTLS,
		Data:       map[string][]byte{"tls.crt": []byte(given.Chain), "tls.key": []byte(given.Key)},
	}
}
