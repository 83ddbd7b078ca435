// Command kubecheck holds Kubernetes objects, as YAML on its standard input, against the types of the API, where a field
// by another name is an error, and pods against the restricted Pod Security Standard. It says what is wrong, and fails
// then.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	if err := check(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// check returns all that is wrong with the objects, and an error where there is none at all.
func check(objects io.Reader) error {
	decoder, err := strict()
	if err != nil {
		return err
	}
	documents := yaml.NewYAMLReader(bufio.NewReader(objects))
	var wrong []error
	for n := 0; ; n++ {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			if n == 0 {
				wrong = append(wrong, errors.New("there are no objects"))
			}
			return errors.Join(wrong...)
		}
		if err != nil {
			return err
		}
		object, _, err := decoder.Decode(document, nil, nil)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		if deployment, ok := object.(*appsv1.Deployment); ok {
			wrong = append(wrong, restricted(&deployment.Spec.Template))
		}
	}
}

// strict reads the kinds of object that projects have.
func strict() (runtime.Decoder, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, corev1.AddToScheme, policyv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer(), nil
}

// restricted returns what the standard has against a pod.
func restricted(pod *corev1.PodTemplateSpec) error {
	standard, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return err
	}
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	results := standard.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec)
	if all := policy.AggregateCheckResults(results); !all.Allowed {
		return fmt.Errorf("not restricted: %s", all.ForbiddenDetail())
	}
	return nil
}
