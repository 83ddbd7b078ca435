//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// deployedYAML reads a YAML file of the folder deploy.
func deployedYAML[T any](t *testing.T, name string) (content T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deployed, name))
	if err == nil {
		err = yaml.Unmarshal(text, &content)
	}
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// settings are the variables that the server says it reads.
func settings(t *testing.T) (names []string) {
	t.Helper()
	help, err := exec.Command(boardProgram(t), "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`\$([A-Z_]+)\)`).FindAllStringSubmatch(string(help), -1) {
		names = append(names, name[1])
	}
	if len(names) < 20 {
		t.Fatalf("only %q are settings", names)
	}
	return names
}

// TestDeployedSettings looks for each setting that some file sets in the program's help.
func TestDeployedSettings(t *testing.T) {
	t.Parallel()
	named := map[string][]string{}
	for _, i := range readDockerfile(t, filepath.Join(deployed, "Dockerfile")) {
		if i.name == "ENV" {
			named["Dockerfile"] = append(named["Dockerfile"], i.words(t)...)
		}
	}
	for _, value := range values(unit(t, "board.service"), "Environment") {
		named["board.service"] = append(named["board.service"], strings.Fields(value)...)
	}
	for name := range deployedYAML[composeFile](t, "compose.yaml").Services["server"].Environment {
		named["compose.yaml"] = append(named["compose.yaml"], name)
	}
	named["kustomization.yaml"] = deployedYAML[kustomization](t, "kubernetes/kustomization.yaml").settings(t)
	known := settings(t)
	for file, names := range named {
		if len(names) == 0 {
			t.Errorf("%s sets nothing", file)
		}
		for _, name := range names {
			if name, _, _ := strings.Cut(name, "="); !slices.Contains(known, name) {
				t.Errorf("%s sets %s, which is no setting", file, name)
			}
		}
	}
}

// composeFile is what of a compose file matters here.
type composeFile struct {
	Services map[string]struct {
		Build       struct{ Context, Dockerfile string }
		Command     []string
		Environment map[string]string
		Ports       []string
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck struct{ Test []string }
		StopGrace   time.Duration `yaml:"stop_grace_period"`
	}
}

// composed fills in the variables of a compose file. One without a default has to be known.
func composed(t *testing.T, text string, known map[string]string) string {
	t.Helper()
	return regexp.MustCompile(`\$\{(\w+):([?-])\}`).ReplaceAllStringFunc(text, func(variable string) string {
		name := strings.Trim(variable, "${}:?-")
		if _, ok := known[name]; !ok && strings.HasSuffix(variable, "?}") {
			t.Fatalf("%s is not known", variable)
		}
		return known[name]
	})
}

// TestCompose has the server keep its sessions in the Redis of the compose file, as the files say it is started and asked
// how it is.
func TestCompose(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-cli"); err != nil {
		t.Skip("redis-cli is not installed")
	}
	file := deployedYAML[composeFile](t, "compose.yaml")
	server, redis := file.Services["server"], file.Services["redis"]
	secrets := map[string]string{"POSTGRES_PASSWORD": "p0stgres", "REDIS_PASSWORD": "r3dis"}
	command := strings.Fields(composed(t, strings.Join(redis.Command, " "), secrets))
	if command[0] != "redis-server" || redis.Healthcheck.Test[0] != "CMD-SHELL" {
		t.Fatalf("Redis is started with %q and asked with %q", command, redis.Healthcheck.Test)
	}
	r := startRedis(t, command[1:]...)
	for password, want := range map[string]bool{"": false, composed(t, redis.Environment["REDISCLI_AUTH"], secrets): true} {
		check := exec.Command("sh", "-c", strings.Replace(redis.Healthcheck.Test[1], "redis-cli", fmt.Sprint("redis-cli -p ", r.port), 1))
		check.Env = append(os.Environ(), "REDISCLI_AUTH="+password)
		if err := check.Run(); (err == nil) != want {
			t.Errorf("with the password %q Redis is healthy: %v", password, err)
		}
	}
	address := fmt.Sprintf("@127.0.0.1:%d/", r.port)
	store := strings.Replace(composed(t, server.Environment["SESSION_STORE"], secrets), "@redis:6379/", address, 1)
	s := start(t, "SESSION_STORE="+store, "TRUSTED_PROXIES="+composed(t, server.Environment["TRUSTED_PROXIES"], secrets))
	s.do(t, "GET", "/readyz", nil).want(t, http.StatusOK)
	createPost(t, s, nil)
	if !strings.Contains(store, address) {
		t.Errorf("sessions are in %s", store)
	}
}

// TestComposeFits compares the file with itself, with the Dockerfile and with the program.
func TestComposeFits(t *testing.T) {
	t.Parallel()
	file := deployedYAML[composeFile](t, "compose.yaml")
	server, postgres := file.Services["server"], file.Services["postgres"]
	if dockerfile := filepath.Join(deployed, server.Build.Context, server.Build.Dockerfile); dockerfile != filepath.Join(deployed, "Dockerfile") {
		t.Errorf("it builds %s", dockerfile)
	}
	if want := []string{"127.0.0.1:8080:" + exposedPort(t)}; !slices.Equal(server.Ports, want) {
		t.Errorf("its ports are %q, want %q", server.Ports, want)
	}
	if server.StopGrace <= leaving(t, nil) {
		t.Errorf("it may take %v to end, and the server takes %v", server.StopGrace, leaving(t, nil))
	}
	for name, on := range server.DependsOn {
		if on.Condition != "service_healthy" || len(file.Services[name].Healthcheck.Test) == 0 {
			t.Errorf("the server does not wait for %s", name)
		}
	}
	database, err := url.Parse(composed(t, server.Environment["DATABASE_URL"], map[string]string{"POSTGRES_PASSWORD": "secret"}))
	if err != nil {
		t.Fatal(err)
	}
	env := postgres.Environment
	if database.Host != "postgres:5432" || database.Path != "/"+env["POSTGRES_DB"] || database.User.String() != env["POSTGRES_USER"]+":secret" {
		t.Errorf("the database is %v, and PostgreSQL has %v", database, env)
	}
	for _, service := range file.Services {
		for name, value := range service.Environment {
			secret := strings.HasSuffix(name, "_PASSWORD") || strings.HasSuffix(name, "_AUTH") || strings.Contains(value, "@")
			if secret && !strings.Contains(value, ":?}") {
				t.Errorf("%s has a default: %s", name, value)
			}
		}
	}
}

// exposedPort is the port that the image says it listens on, and does.
func exposedPort(t *testing.T) string {
	t.Helper()
	var exposed, addr string
	for _, i := range readDockerfile(t, filepath.Join(deployed, "Dockerfile")) {
		switch i.name {
		case "EXPOSE":
			exposed = i.args
		case "ENV":
			if at := slices.IndexFunc(i.words(t), func(v string) bool { return strings.HasPrefix(v, "ADDR=:") }); at >= 0 {
				addr = strings.TrimPrefix(i.words(t)[at], "ADDR=:")
			}
		}
	}
	if exposed == "" || exposed != addr {
		t.Fatalf("the image exposes %q and listens on %q", exposed, addr)
	}
	return exposed
}

// leaving is how long a server takes to end at most: LAME_DUCK and DRAIN_TIMEOUT together, where they are not set as it
// says itself.
func leaving(t *testing.T, set map[string]string) (total time.Duration) {
	t.Helper()
	help, err := exec.Command(boardProgram(t), "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	for flag, variable := range map[string]string{"lame-duck": "LAME_DUCK", "drain-timeout": "DRAIN_TIMEOUT"} {
		value, ok := set[variable]
		if !ok {
			value = regexp.MustCompile(`--` + flag + `=(\S+)`).FindStringSubmatch(string(help))[1]
		}
		wait, err := time.ParseDuration(value)
		if err != nil {
			t.Fatal(err)
		}
		total += wait
	}
	return total
}
