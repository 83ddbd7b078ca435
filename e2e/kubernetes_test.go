//go:build unix

package e2e

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

type (
	// kustomization is what of kustomization.yaml matters here.
	kustomization struct {
		Resources          []string
		Images             []struct{ Name string }
		ConfigMapGenerator []struct {
			Name     string
			Literals []string
		} `yaml:"configMapGenerator"`
	}
	// deployment is what of a Deployment matters here.
	deployment struct {
		Spec struct {
			Template struct {
				Spec struct {
					Grace           int `yaml:"terminationGracePeriodSeconds"`
					SecurityContext struct {
						User  string `yaml:"runAsUser"`
						Group string `yaml:"runAsGroup"`
					} `yaml:"securityContext"`
					Containers []container
				}
			}
		}
	}
	container struct {
		Image string
		Ports []struct {
			Name          string
			ContainerPort string `yaml:"containerPort"`
		}
		EnvFrom []struct {
			ConfigMap struct{ Name string } `yaml:"configMapRef"`
			Secret    struct{ Name string } `yaml:"secretRef"`
		} `yaml:"envFrom"`
		StartupProbe   probe `yaml:"startupProbe"`
		ReadinessProbe probe `yaml:"readinessProbe"`
		LivenessProbe  probe `yaml:"livenessProbe"`
		Lifecycle      struct {
			PreStop struct{ Sleep struct{ Seconds int } } `yaml:"preStop"`
		}
	}
	probe struct {
		HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
		Timeout int                         `yaml:"timeoutSeconds"`
	}
)

// settings are NAME=VALUE.
func (k kustomization) settings(t *testing.T) []string {
	t.Helper()
	if len(k.ConfigMapGenerator) != 1 || k.ConfigMapGenerator[0].Name != "board" {
		t.Fatalf("the settings are %v", k.ConfigMapGenerator)
	}
	return k.ConfigMapGenerator[0].Literals
}

func onlyContainer(t *testing.T, d deployment) container {
	t.Helper()
	if n := len(d.Spec.Template.Spec.Containers); n != 1 {
		t.Fatalf("a pod has %d containers", n)
	}
	return d.Spec.Template.Spec.Containers[0]
}

// TestKubernetesObjects holds the objects against the types of Kubernetes and its restricted standard for pods.
func TestKubernetesObjects(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "kubecheck")
	if err := goCommand("kubecheck", "build", "-o", program, "."); err != nil {
		t.Skip("the modules of e2e/kubecheck are not here:", err)
	}
	folder := filepath.Join(deployed, "kubernetes")
	check := func(objects []byte) {
		cmd := exec.Command(program)
		cmd.Stdin = bytes.NewReader(objects)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
	var all [][]byte
	for _, name := range deployedYAML[kustomization](t, "kubernetes/kustomization.yaml").Resources {
		object, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, object)
	}
	check(bytes.Join(all, []byte("---\n")))
	if _, err := exec.LookPath("kubectl"); err != nil {
		t.Skip("kubectl is not installed: kustomization.yaml is not tried")
	}
	objects, err := exec.Command("kubectl", "kustomize", folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"image: registry.example/board:latest", "name: board-"} {
		if !bytes.Contains(objects, []byte(want)) {
			t.Errorf("kustomize does not write %s:\n%s", want, objects)
		}
	}
	check(objects)
}

// TestKubernetesFits compares a pod with the image and the settings.
func TestKubernetesFits(t *testing.T) {
	t.Parallel()
	choices := deployedYAML[kustomization](t, "kubernetes/kustomization.yaml")
	pod := deployedYAML[deployment](t, "kubernetes/deployment.yaml")
	c := onlyContainer(t, pod)
	if len(choices.Images) != 1 || choices.Images[0].Name != c.Image {
		t.Errorf("the pod runs %s; a release changes %v", c.Image, choices.Images)
	}
	if len(c.Ports) != 1 || c.Ports[0].Name != "http" || c.Ports[0].ContainerPort != exposedPort(t) {
		t.Errorf("the pod's ports are %v, the image's is %s", c.Ports, exposedPort(t))
	}
	service := deployedYAML[struct {
		Spec struct {
			Ports []struct {
				Target string `yaml:"targetPort"`
			}
		}
	}](t, "kubernetes/service.yaml")
	if ports := service.Spec.Ports; len(ports) != 1 || ports[0].Target != c.Ports[0].Name {
		t.Errorf("the service sends to %v", ports)
	}
	user := pod.Spec.Template.Spec.SecurityContext
	for _, i := range readDockerfile(t, filepath.Join(deployed, "Dockerfile")) {
		if i.name == "USER" && i.args != user.User+":"+user.Group {
			t.Errorf("the pod runs as %v, the image as %s", user, i.args)
		}
	}
	if len(c.EnvFrom) != 2 || c.EnvFrom[0].ConfigMap.Name != choices.ConfigMapGenerator[0].Name || c.EnvFrom[1].Secret.Name != "board" {
		t.Errorf("the settings come from %v", c.EnvFrom)
	}
	set := map[string]string{}
	for _, setting := range choices.settings(t) {
		name, value, _ := strings.Cut(setting, "=")
		set[name] = value
	}
	end := time.Duration(c.Lifecycle.PreStop.Sleep.Seconds)*time.Second + leaving(t, set)
	if grace := time.Duration(pod.Spec.Template.Spec.Grace) * time.Second; c.Lifecycle.PreStop.Sleep.Seconds < 1 || grace <= end {
		t.Errorf("a pod may take %v to end, and takes up to %v", grace, end)
	}
}

// TestKubernetesProbes asks a server what the probes of its pod ask, with the settings of the pod.
func TestKubernetesProbes(t *testing.T) {
	t.Parallel()
	settings := deployedYAML[kustomization](t, "kubernetes/kustomization.yaml").settings(t)
	c := onlyContainer(t, deployedYAML[deployment](t, "kubernetes/deployment.yaml"))
	s := start(t, settings...)
	for _, p := range []probe{c.StartupProbe, c.ReadinessProbe, c.LivenessProbe} {
		if p.HTTPGet.Port != "http" || p.Timeout <= 2 {
			t.Errorf("a probe is %+v; /readyz takes up to two seconds", p)
		}
		s.do(t, "GET", p.HTTPGet.Path, nil).want(t, http.StatusOK)
	}
	if paths := []string{c.ReadinessProbe.HTTPGet.Path, c.LivenessProbe.HTTPGet.Path}; !slices.Equal(paths, []string{"/readyz", "/healthz"}) {
		t.Errorf("the probes ask for %q", paths)
	}
}
