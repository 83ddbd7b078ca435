package dev_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADocumentThatIsGoneForAWhile(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	calls := p.accept()
	if err := os.Remove(p.document); err != nil {
		t.Fatal(err)
	}
	if said := p.await("the server goes on as it was"); !strings.Contains(said, "failed: open ") {
		t.Errorf("it says %q", said)
	}
	p.write(p.document, "one")
	if said := p.await("that is mended"); strings.Contains(said, "serving") {
		t.Errorf("it starts another server for the same: %q", said)
	}
	p.write(p.document, "two")
	p.await("serving two")
	p.gone(calls)
	p.stop()
}

// TestAnUpdateThatTheCodeKeptBack is made once the code allows it. In the meantime the same is not said again.
func TestAnUpdateThatTheCodeKeptBack(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	p.write(p.obstacle(), "package tiny\n")
	p.write(p.document, "two")
	p.await("failed: there is an obstacle")
	p.await("the server goes on as it was")
	p.write(filepath.Join(p.dir, "cmd", "tiny", "more.go"), "package main\n\nfunc init() { println(\"more\") }\n")
	if said := p.await("serving one"); strings.Contains(said, "failed") {
		t.Errorf("it says again %q", said)
	}
	if err := os.Remove(p.obstacle()); err != nil {
		t.Fatal(err)
	}
	p.await("that is mended")
	p.await("serving two")
	p.stop()
}

func TestCodeThatIsAsItWasBeforeAnError(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	more := filepath.Join(p.dir, "cmd", "tiny", "more.go")
	p.write(more, "package main\n\nvar x int = \"\"\n")
	p.await("the code does not compile; the server goes on as it was")
	if err := os.Remove(more); err != nil {
		t.Fatal(err)
	}
	p.await("the code compiles again")
	p.stop()
}
