package tlsboot

import (
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	tests := map[string]struct {
		config Config
		want   string // in the error, "" for none
	}{
		"off":                      {Config{}, ""},
		"files without a key":      {Config{Mode: Files, Cert: "c"}, "needs both TLS_CERT"},
		"files without anything":   {Config{Mode: Files}, "needs both TLS_CERT"},
		"cert without files":       {Config{Cert: "c", Key: "k"}, "for --tls files, not for --tls off"},
		"client CA with dev":       {Config{Mode: Dev, Local: true, ClientCA: "c"}, "for --tls files, not for --tls dev"},
		"redirect without TLS":     {Config{Mode: Off, RedirectAddr: ":80"}, "turn that on with --tls"},
		"dev for all":              {Config{Mode: Dev, Addr: ":8443"}, "confirm with TLS_DEV_ANYWHERE=true"},
		"confirmed without dev":    {Config{Mode: Off, DevAnywhere: true}, "for --tls dev"},
		"domains without ACME":     {Config{Mode: Files, Cert: "c", Key: "k", Domains: []string{"a.example"}}, "for --tls acme, not for --tls files"},
		"email without ACME":       {Config{Email: "ann@a.example"}, "for --tls acme, not for --tls off"},
		"ACME without domains":     {Config{Mode: ACME}, "needs ACME_DOMAINS"},
		"ACME for all hosts":       {Config{Mode: ACME, Domains: []string{"*.a.example"}}, "name each host"},
		"ACME for a URL":           {Config{Mode: ACME, Domains: []string{"https://a.example"}}, "want names such as shop.example"},
		"ACME, half a name":        {Config{Mode: ACME, Domains: []string{"a..b"}}, `"a..b" is not the name of a host`},
		"ACME, underscores":        {Config{Mode: ACME, Domains: []string{"a_b.c"}}, `"a_b.c" is not the name of a host`},
		"ACME, a hyphen first":     {Config{Mode: ACME, Domains: []string{"-a.example"}}, "is not the name of a host"},
		"ACME, a dot last":         {Config{Mode: ACME, Domains: []string{"a.example."}}, "is not the name of a host"},
		"ACME, semicolons":         {Config{Mode: ACME, Domains: []string{"a.b;c.d"}}, `"a.b;c.d" is not the name of a host: want names such as shop.example, with commas between them`},
		"ACME, a comma too many":   {Config{Mode: ACME, Domains: []string{"a.b", ""}}, `"" is not the name of a host: want names such as shop.example, with commas between them`},
		"ACME, a port":             {Config{Mode: ACME, Domains: []string{"a.example:443"}}, "is not the name of a host"},
		"names of all sorts":       {Config{Mode: ACME, Domains: []string{"a.example", "xn--bcher-kva.example", "bücher.example", "1.example", "A-b.Example"}}, ""},
		"ACME for localhost":       {Config{Mode: ACME, Domains: []string{"localhost"}}, "no public authority signs localhost"},
		"ACME for an IP address":   {Config{Mode: ACME, Domains: []string{"192.0.2.1"}}, "no public authority signs 192.0.2.1"},
		"a name inside, own ACME":  {Config{Mode: ACME, Domains: []string{"board"}, Directory: "https://ca/dir"}, ""},
		"an IPv6 address":          {Config{Mode: ACME, Domains: []string{"2001:db8::1"}, Directory: "https://ca/dir"}, ""},
		"dev, confirmed":           {Config{Mode: Dev, Addr: ":8443", DevAnywhere: true}, ""},
		"files for other machines": {Config{Mode: Files, Cert: "c", Key: "k", Addr: ":8443", RedirectAddr: ":80"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.config.Check()
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestOff(t *testing.T) {
	certificates := open(t, Config{Mode: Off})
	if secure := certificates.Web(); secure.Config != nil || secure.Metrics != nil {
		t.Errorf("without TLS there is %+v", secure)
	}
	certificates.Run(t.Context()) // There is nothing to look after.
}
