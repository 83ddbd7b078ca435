package model

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

func TestGoName(t *testing.T) {
	for name, want := range map[string]string{
		"id": "ID", "postId": "PostID", "user_ids": "UserIDs", "userIDs": "UserIDs", "photoUrls": "PhotoURLs",
		"HTTPServer": "HTTPServer", "getHttpPet": "GetHTTPPet", "repos/list-for-org": "ReposListForOrg",
		"IN_PROGRESS": "InProgress", "API_KEY": "APIKey", "parseCSVFile": "ParseCSVFile", "eTag": "ETag",
		"2fa": "N2fa", "+1": "Plus1", "-1": "Minus1", "StartTime<": "StartTimeLessThan",
		"": "Empty", ".": "Dot", "§": "Sign", "名前": "X名前", "straße": "Straße", "os.version": "OsVersion",
		"@type": "Type", "X-Rate-Limit": "XRateLimit", "oauth2Client": "Oauth2Client",
	} {
		got := goName(name)
		if got != want {
			t.Errorf("goName(%q) = %s, want %s", name, got, want)
		}
		if again := goName(got); again != got {
			t.Errorf("goName(%q) = %s: a Go name does not keep", got, again)
		}
		if !token.IsExported(got) || !token.IsIdentifier(got) {
			t.Errorf("goName(%q) = %s is no exported identifier", name, got)
		}
	}
}

func TestElementName(t *testing.T) {
	for name, want := range map[string]string{
		"PostTags": "PostTag", "ProblemErrors": "ProblemError", "Categories": "Category",
		"ListPostsResponse": "ListPostsResponseItem", "DataSetListAPIs": "DataSetListAPI", "Status": "StatusItem",
	} {
		if got := elementName(name); got != want {
			t.Errorf("elementName(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestOperationID(t *testing.T) {
	for route, want := range map[string]string{
		"GET /":                          "get",
		"GET /board":                     "getBoard",
		"GET /posts/{postId}/tags":       "getPostsByPostIDTags",
		"DELETE /a/{id}.json":            "deleteAByIDJSON",
		"POST /auth/{mount_path}/log-in": "postAuthByMountPathLogIn",
	} {
		method, path, _ := strings.Cut(route, " ")
		if got := operationID(method, path); got != want {
			t.Errorf("operationID(%s) = %s, want %s", route, got, want)
		}
	}
}

func TestMediaTag(t *testing.T) {
	for mediaType, want := range map[string]string{
		"application/json": "JSON", "application/json; charset=utf-8": "JSON", "text/plain": "Text",
		"application/problem+json": "ApplicationProblemPlusJSON", "image/*": "ImageAny", "*/*": "AnyAny",
	} {
		if got := mediaTag(mediaType); got != want {
			t.Errorf("mediaTag(%q) = %s, want %s", mediaType, got, want)
		}
	}
}

func TestTake(t *testing.T) {
	s := packageScope()
	for _, want := range []string{"Post", "PostObject", "PostObject2", "PostObject3"} {
		if got := s.take("Post", "PostObject"); got != want {
			t.Errorf("took %s, want %s", got, want)
		}
	}
	if got := s.take("UnimplementedPosts"); got != "SchemaUnimplementedPosts" {
		t.Errorf("took %s, which a resource may need", got)
	}
}

// TestReserved holds the list of reserved names against the living package.
func TestReserved(t *testing.T) {
	files, err := filepath.Glob("../../templates/project/api/*.gen.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no living package api: %v", err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range exported(file) {
			if !reserved[declared] {
				t.Errorf("%s declares %s, which is not reserved", filepath.Base(name), declared)
			}
		}
	}
}

// exported are the exported names of a file that a type of a document could meet.
func exported(file *ast.File) []string {
	var out []string
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				out = append(out, decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range decl.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					out = append(out, s.Name.Name)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						out = append(out, name.Name)
					}
				}
			}
		}
	}
	exportedOnly := out[:0]
	for _, name := range out {
		if token.IsExported(name) {
			exportedOnly = append(exportedOnly, name)
		}
	}
	return exportedOnly
}
