package reconcile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"gen/generator/project"
)

// ErrNoProject says that a folder is none that gen wrote.
var ErrNoProject = errors.New("there is no .gen/manifest.json; gen new starts a project, --dir names the folder of one")

// ErrNewer says that a project was written by a newer gen than this.
var ErrNewer = errors.New("a newer gen wrote this project")

// Project is a project on disk, and what gen remembers of it.
type Project struct {
	Dir      string
	Manifest Manifest
	// joined says that the manifest is that of two branches, with conflicts between them. What gen
	// owns is then nobody's edit.
	joined bool
	base   map[string][]byte
	disk   *disk
}

// Load reads the project in dir. Its error matches ErrNoProject or ErrNewer where there is no project
// or one that this gen, of the given version, does not understand.
func Load(dir, version string) (*Project, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(dir, stateFolder, manifestName)) //nolint:gosec // the folder is the user's choice
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s is no project of gen's: %w", dir, ErrNoProject)
	case err != nil:
		return nil, err
	}
	p := &Project{Dir: dir, base: map[string][]byte{}, disk: newDisk(dir)}
	data, p.joined = firstSide(data)
	if err := json.Unmarshal(data, &p.Manifest); err != nil {
		return nil, fmt.Errorf("%s/%s is damaged: %w; take it from version control", stateFolder, manifestName, err)
	}
	if err := p.Manifest.check(version); err != nil {
		return nil, err
	}
	return p, p.readBase()
}

// check says whether this gen understands a manifest.
func (m Manifest) check(version string) error {
	if m.Format > format {
		return fmt.Errorf("%w: its manifest has format %d, this gen knows %d; install a newer one", ErrNewer, m.Format, format)
	}
	if semver.IsValid(m.Gen) && semver.IsValid(version) && semver.Compare(m.Gen, version) > 0 {
		return fmt.Errorf("%w: it was gen %s, this is %s; install that or a later one", ErrNewer, m.Gen, version)
	}
	for _, file := range append([]ManifestFile{m.Document}, m.Files...) {
		if !filepath.IsLocal(filepath.FromSlash(file.Path)) {
			return fmt.Errorf("%s/%s is damaged: it names the file %q; take it from version control", stateFolder, manifestName, file.Path)
		}
	}
	return nil
}

// Wrote says whether data is what gen last wrote of a file.
func (p *Project) Wrote(name string, data []byte) bool {
	i := slices.IndexFunc(p.Manifest.Files, func(file ManifestFile) bool { return file.Path == name })
	return i >= 0 && p.Manifest.Files[i].SHA256 == digest(data)
}

func (p *Project) readBase() error {
	for _, file := range p.Manifest.Files {
		if file.Class == project.Owned {
			continue
		}
		data, err := p.disk.read(basePath(file.Path))
		if err != nil {
			return err
		}
		if data == nil {
			continue
		}
		p.base[file.Path], _ = firstSide(data)
		if err := p.settle(file.Path); err != nil {
			return err
		}
	}
	return nil
}

// settle takes the conflicts out of a file that only gen changed on two branches.
func (p *Project) settle(name string) error {
	data, err := p.disk.read(name)
	if err != nil || !p.joined {
		return err
	}
	if first, conflicts := firstSide(data); conflicts && bytes.Equal(first, p.base[name]) {
		p.disk.set(name, first)
	}
	return nil
}

// firstSide is a file as the branch that was merged into has it, and whether there were conflicts in it.
func firstSide(data []byte) ([]byte, bool) {
	if !bytes.Contains(data, []byte("<<<<<<< ")) {
		return data, false
	}
	var out []byte
	const both, ours, other = 0, 1, 2
	side, joined := both, false
	for line := range bytes.Lines(data) {
		switch text := string(line); {
		case strings.HasPrefix(text, "<<<<<<< "):
			side, joined = ours, true
		case side == ours && (strings.HasPrefix(text, "=======") || strings.HasPrefix(text, "||||||| ")):
			side = other
		case side == other && strings.HasPrefix(text, ">>>>>>> "):
			side = both
		case side != other:
			out = append(out, line...)
		}
	}
	return out, joined
}
