package e2e

import (
	"encoding/xml"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lenient are the cases of h2spec that net/http sees differently, each with what it does.
var lenient = map[string]string{
	"http2/4.2 Sends a large size HEADERS frame that exceeds the SETTINGS_MAX_FRAME_SIZE": "it takes frames of up to 1 MiB and says so; h2spec does not look",

	"http2/6.5.3 Sends multiple values of SETTINGS_INITIAL_WINDOW_SIZE": "a frame with one setting twice ends the connection",

	"http2/8.1.2.2 Sends a HEADERS frame that contains the connection-specific header field": "it is left to the handler",

	`http2/8.1.2.2 Sends a HEADERS frame that contains the TE header field with any value other than "trailers"`: "it is left to the handler",
}

// withoutTLS is one more: the port speaks HTTP/1.1 too, and answers 400 in it.
const withoutTLS = "http2/3.5 Sends invalid connection preface"

func TestH2spec(t *testing.T) {
	programs, err := tools()
	if err != nil {
		t.Skip("the modules of e2e/tools are not here:", err)
	}
	for name, env := range map[string][]string{
		"over TLS":    {"TLS=dev", "CAROOT=", "XDG_DATA_HOME=" + t.TempDir()},
		"without TLS": {"TRUSTED_PROXIES=127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, env...)
			scheme, host, _ := strings.Cut(s.url, "://")
			_, port, err := net.SplitHostPort(host)
			if err != nil {
				t.Fatal(err)
			}
			args := []string{"--port", port, "--path", "/v1/posts", "--timeout", "5"}
			if scheme == "https" {
				args = append(args, "--tls", "--insecure")
			}
			program := filepath.Join(programs, "h2spec")
			total, failed, out := runH2spec(t, program, args...)
			if total < 145 {
				t.Fatalf("%d cases were tried, want 145:\n%s", total, out)
			}
			for _, c := range failed {
				if lenient[c] == "" && (scheme == "https" || c != withoutTLS) && !early(t, c, program, args) {
					t.Errorf("%s\n%s", c, out)
				}
			}
			t.Logf("%d of %d cases passed", total-len(failed), total)
		})
	}
}

// unread are the sections of h2spec with requests that do not end.
var unread = []string{"http2/6.9.1", "http2/8.1.2.6"}

// early says that a case is about a request that does not end, and passes when it is tried again: the server may well
// answer before it has seen what is wrong with a body that nobody reads (RFC 9113 §8.1), and then h2spec sees the answer only.
func early(t *testing.T, c, program string, args []string) bool {
	t.Helper()
	section, _, _ := strings.Cut(c, " ")
	if !slices.Contains(unread, section) {
		return false
	}
	for range 5 {
		if _, failed, _ := runH2spec(t, program, append(args, section)...); !slices.Contains(failed, c) {
			return true
		}
	}
	return false
}

func runH2spec(t *testing.T, program string, args ...string) (total int, failed []string, out []byte) {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.xml")
	// It fails where any case does; which, the report says.
	out, _ = exec.Command(program, append([]string{"--junit-report", report}, args...)...).CombinedOutput()
	total, failed = h2specCases(t, report)
	return total, failed, out
}

// h2specCases reads what h2spec reports.
func h2specCases(t *testing.T, report string) (total int, failed []string) {
	t.Helper()
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var suites struct {
		Cases []struct {
			Package string    `xml:"package,attr"`
			Name    string    `xml:"classname,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal(text, &suites); err != nil {
		t.Fatal(err)
	}
	for _, c := range suites.Cases {
		if c.Failure != nil || c.Error != nil {
			failed = append(failed, c.Package+" "+c.Name)
		}
	}
	return len(suites.Cases), failed
}
