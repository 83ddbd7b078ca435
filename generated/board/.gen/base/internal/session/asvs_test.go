package session

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// asvs maps chapter 7 of OWASP's Application Security Verification Standard 5.0 to the tests that
// prove each requirement, or to whom it is left.
var asvs = []struct {
	id, asks string
	tests    []string
	leftTo   string
}{
	{"7.1.1", "timeouts are documented", nil, "the settings SESSION_IDLE and SESSION_LIFETIME"},
	{"7.1.2", "the number of sessions of an account is documented", nil, "there is no limit; users see and end their own"},
	{"7.1.3", "federation is documented", nil, "there is none"},
	{"7.2.1", "tokens are verified on the server", []string{"testUnknownKeys", "TestBothCarriers"}, ""},
	{"7.2.2", "tokens are made for each session", []string{"testOnlyHashes", "testLogin"}, ""},
	{"7.2.3", "128 bits of a secure generator at least", []string{"TestKeys"}, ""},
	{"7.2.4", "a new token at each log-in, the one of before is dead", []string{"testLogin", "testLoginOfAnother", "testSlowRequests"}, ""},
	{"7.3.1", "an end for want of use", []string{"testIdle"}, ""},
	{"7.3.2", "an end whatever the use", []string{"testLifetime"}, ""},
	{"7.4.1", "what has ended cannot be used", []string{"testLogout", "testSlowRequests", "testEndOne", "testStore", "testSweep"}, ""},
	{"7.4.2", "a closed account has no sessions", []string{"testEndAll", "testEndAllAndRotation", "testEndAllAndLogins"}, ""},
	{"7.4.3", "the others end with a change of password", []string{"testEndOthers", "testMarks"}, ""},
	{"7.4.4", "log-out is easy to find", nil, "the pages of whoever has some"},
	{"7.4.5", "administrators end the sessions of a user", []string{"testEndAll"}, ""},
	{"7.5.1", "sensitive changes ask for the password again", nil, "the handlers of accounts"},
	{"7.5.2", "users see and end their sessions", []string{"testList", "testEndOne"}, ""},
	{"7.5.3", "sensitive transactions ask for a factor again", nil, "the handlers of such transactions"},
	{"7.6.1", "sessions of a relying party follow their provider's", nil, "there is none"},
	{"7.6.2", "a session begins with an act of the user", []string{"testAnonymous"}, ""},
}

// TestASVS holds that the tests of the table are there.
func TestASVS(t *testing.T) {
	functions := testFunctions(t)
	for _, requirement := range asvs {
		if (len(requirement.tests) == 0) == (requirement.leftTo == "") {
			t.Errorf("%s (%s) is neither proved nor left to anybody, or both", requirement.id, requirement.asks)
		}
		for _, test := range requirement.tests {
			if !functions[test] {
				t.Errorf("%s (%s) is proved by %s, which is not there", requirement.id, requirement.asks, test)
			}
		}
	}
}

// testFunctions are the tests of this package, and those that a table runs.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	noErr(t, err)
	functions := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		noErr(t, err)
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil {
				functions[function.Name.Name] = true
			}
		}
	}
	return functions
}
