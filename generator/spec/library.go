package spec

import (
	"context"
	"fmt"
)

const (
	maxSize  = 64 << 20 // bytes of a document, all of its files together
	maxFiles = 2000
)

// library reads the files of one document, each once.
type library struct {
	home
	opts    Options
	ctx     context.Context
	report  *report
	root    *file
	files   []*file
	shelf   map[location]*file
	missing map[location]trouble // what could not be read
	size    int64
	remote  int
	loose   bool // some file is not in the root's folder, or is named in a way that holds only here
}

// file is one file of a document.
type file struct {
	at     location
	name   string // in positions
	data   []byte
	root   *node
	isJSON bool

	anchors    map[string]aim // made when first needed, as are the others
	identified *resources
}

// trouble is why a reference cannot be followed.
type trouble struct{ problem, advice string }

const (
	// FlagOutside and FlagRemote are the flags of the command line that set the options of that kind.
	FlagOutside = "--allow-refs-outside"
	FlagRemote  = "--allow-refs-remote"
)

// newLibrary opens the root document.
func newLibrary(ctx context.Context, given string, opts Options, r *report) (*library, error) {
	l := &library{ctx: ctx, opts: opts, report: r, shelf: map[location]*file{}, missing: map[location]trouble{}}
	root := &file{name: given}
	open := l.openFile
	if isURL(given) {
		open = l.openURL
	}
	if err := open(root); err != nil {
		return nil, err
	}
	l.root, l.size = root, int64(len(root.data))
	l.files, l.shelf[root.at] = []*file{root}, root
	return l, nil
}

func tooLarge() *trouble {
	return &trouble{fmt.Sprintf("it is larger than %d MiB", maxSize>>20), "gen reads no document of that size"}
}

// get returns the file that a reference leads to, or why there is none.
func (l *library) get(to way) (*file, *trouble) {
	if why := l.allowed(to); why != nil {
		return nil, why
	}
	if !to.portable {
		l.loose = true
	}
	if f := l.shelf[to.to]; f != nil {
		return f, nil
	}
	if why, failed := l.missing[to.to]; failed {
		return nil, &why
	}
	f, why := l.open(to)
	if why != nil {
		l.missing[to.to] = *why
		return nil, why
	}
	l.shelf[to.to] = f
	l.files = append(l.files, f)
	return f, nil
}

// allowed returns the flag that a reference needs and does not have.
func (l *library) allowed(to way) *trouble {
	switch {
	case to.reach == outside && !l.opts.RefsOutside:
		return leadsOut("leads out of the document's folder")
	case to.reach == remote && !l.opts.RefsRemote:
		return &trouble{"leads to the network", "allow it with " + FlagRemote + ", or download the file and refer to that"}
	}
	return nil
}

func leadsOut(problem string) *trouble {
	return &trouble{problem, "allow it with " + FlagOutside + ", or move the file into the folder"}
}

// open reads and parses a file. Syntax errors in it are recorded, its root is nil then.
func (l *library) open(to way) (*file, *trouble) {
	if len(l.files) == maxFiles {
		return nil, &trouble{fmt.Sprintf("leads to one file more than the %d that gen reads", maxFiles), "put files together"}
	}
	f := &file{at: to.to, name: l.name(to.to)}
	var why *trouble
	if to.to.url != "" {
		f.data, why = l.openRemote(to)
	} else {
		f.data, why = l.openLocal(to)
	}
	if why != nil {
		return nil, why
	}
	l.size += int64(len(f.data))
	f.root, f.isJSON = read(f.name, f.data, l.report)
	return f, nil
}
