package render

import (
	"go/format"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplice(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{
			"nothing of its own",
			"package p\n\nimport \"context\"\n\nvar _ = \"gen/templates/project/x\"\n",
			"package p\n\nimport \"context\"\n\nvar _ = \"gen/templates/project/x\"\n",
		}, {
			"a single import",
			"package p\n\nimport \"gen/templates/project/api\"\n\nvar X = api.X\n",
			"package p\n\nimport \"acme.org/m/api\"\n\nvar X = api.X\n",
		}, {
			"a group of its own",
			`package p

import (
	"context"

	"github.com/labstack/echo/v4"

	"gen/templates/project/api"
	"gen/templates/project/internal/store"
)
`, `package p

import (
	"context"

	"github.com/labstack/echo/v4"

	"acme.org/m/api"
	"acme.org/m/internal/store"
)
`,
		}, {
			"mixed into others, with names and comments",
			`package p

import (
	"context"
	// from the document
	contract "gen/templates/project/api" // as documented
	"errors"

	"gen/templates/project/internal/store"
	"github.com/labstack/echo/v4"
)
`, `package p

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	// from the document
	contract "acme.org/m/api" // as documented
	"acme.org/m/internal/store"
)
`,
		}, {
			"nothing but its own",
			"package p\n\nimport (\n\t\"gen/templates/project/api\"\n)\n",
			"package p\n\nimport (\n\t\"acme.org/m/api\"\n)\n",
		}, {
			"two declarations",
			"package p\n\nimport \"context\"\n\nimport (\n\t_ \"embed\"\n\n\t\"gen/templates/project/api\"\n)\n\n// X is kept.\nvar X = 1\n",
			"package p\n\nimport \"context\"\n\nimport (\n\t_ \"embed\"\n\n\t\"acme.org/m/api\"\n)\n\n// X is kept.\nvar X = 1\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := splice("p.go", []byte(test.source), "acme.org/m")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("spliced (-want +got):\n%s", diff)
			}
			if formatted, err := format.Source(got); err != nil || string(formatted) != string(got) {
				t.Errorf("gofmt would change it (%v)", err)
			}
		})
	}
}
