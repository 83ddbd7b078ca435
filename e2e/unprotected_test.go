package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// A protection is a piece of the server's code, or of net/http's, and what it is without.
type protection struct{ file, code, without string }

// protections are what the attacks are held off by. Where net/http has one built in, nothing but its
// own code can show what it is good for.
func protections(goroot, web string) []protection {
	http2 := filepath.Join(goroot, "src", "net", "http", "h2_bundle.go")
	return []protection{
		{filepath.Join(web, "http2.go"), "maxStreams = 100", "maxStreams = 1 << 30"},
		{filepath.Join(web, "listen.go"), "headerTimeout  = 5 * time.Second", "headerTimeout  = time.Hour"},
		{filepath.Join(web, "listen.go"), "maxHeaderBytes = 32 << 10", "maxHeaderBytes = 1 << 30"},
		{filepath.Join(web, "compress.go"), "compressing = 16", "compressing = 1 << 20"},
		{filepath.Join(web, "gzippool.go"), "	case <-gone:\n		return nil\n", ""},
		{filepath.Join(web, "middleware.go"), "		dropAbandoned,\n", ""},
		{http2, "http2maxQueuedControlFrames = 10000", "http2maxQueuedControlFrames = 1 << 30"},
		// Servers that answer each SETTINGS frame fell for a flood of them.
		{http2, "	sc.needToSendSettingsAck = true\n", "	sc.writeFrame(http2FrameWriteRequest{write: http2writeSettingsAck{}})\n"},
	}
}

// plain is the reference server as it is measured: without the race detector.
var plain = sync.OnceValues(func() (string, error) {
	if !raceEnabled() {
		return board()
	}
	out, err := os.MkdirTemp("", "plain-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(out, "board")
	return program, goCommand(filepath.Join("..", "generated", "board"), "build", "-buildvcs=false", "-o", program, "./cmd/board")
})

// unprotected is the reference server without its protections, built once.
var unprotected = sync.OnceValues(func() (string, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	web, err := filepath.Abs(filepath.Join("..", "generated", "board", "internal", "web"))
	if err != nil {
		return "", err
	}
	return without(protections(strings.TrimSpace(string(goroot)), web))
})

// without builds the reference server without some of its code.
func without(all []protection) (string, error) {
	out, err := os.MkdirTemp("", "unprotected-")
	if err != nil {
		return "", err
	}
	replaced, err := disarm(out, all)
	if err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(out, "overlay.json"), overlay, 0o600); err != nil {
		return "", err
	}
	program := filepath.Join(out, "board")
	dir := filepath.Join("..", "generated", "board")
	return program, goCommand(dir, "build", "-buildvcs=false", "-overlay", filepath.Join(out, "overlay.json"), "-o", program, "./cmd/board")
}

// disarm writes files without their protections to dir, and returns which stands for which.
func disarm(dir string, all []protection) (map[string]string, error) {
	replaced := map[string]string{}
	for i, p := range all {
		source := p.file
		if earlier, ok := replaced[p.file]; ok {
			source = earlier
		}
		text, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		if strings.Count(string(text), p.code) != 1 {
			return nil, fmt.Errorf("%s does not have %q once: say anew how to leave the protection out", p.file, p.code)
		}
		replaced[p.file] = filepath.Join(dir, fmt.Sprintf("%d.go", i))
		if err := os.WriteFile(replaced[p.file], []byte(strings.Replace(string(text), p.code, p.without, 1)), 0o600); err != nil {
			return nil, err
		}
	}
	return replaced, nil
}
