package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGoSource(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"nothing used", "// Package p is empty.\npackage p\nvar x =  1\n", "// Package p is empty.\npackage p\n\nvar x = 1\n"},
		{
			"groups", `// Package p has a comment.
package p

var n nullable.Nullable[int]
var d openapi_types.Date
func f(ctx context.Context, t *store.Table) (api.Post, error) { return api.Post{}, fmt.Errorf("x") }
`, `// Package p has a comment.
package p

import (
	"context"
	"fmt"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"acme.org/m/api"
	"acme.org/m/internal/store"
)

var n nullable.Nullable[int]
var d openapi_types.Date

func f(ctx context.Context, t *store.Table) (api.Post, error) { return api.Post{}, fmt.Errorf("x") }
`,
		}, {
			"variables and imports of that name", `package p

import (
	"acme.org/m/internal/web"
	url "example.com/other"
)

func f(time struct{ Now int }) int { web.X(url.Y); return time.Now }
`, `package p

import (
	"acme.org/m/internal/web"
	url "example.com/other"
)

func f(time struct{ Now int }) int { web.X(url.Y); return time.Now }
`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := goSource([]byte(test.source), "acme.org/m")
			if err != nil {
				t.Fatal(err)
			}
			want := strings.TrimLeft(test.want, "\n")
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("source (-want +got):\n%s", diff)
			}
		})
	}
}
