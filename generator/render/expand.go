package render

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gen/generator/project"
)

// expand makes a job of each line of the plan, and of each file of a folder.
func expand(s Source) ([]job, error) {
	var jobs []job
	from := &reader{tree: s.Templates}
	for _, file := range s.Plan {
		switch file.Kind {
		case project.Document:
			data := s.Document
			if file.From != "" {
				data = s.Files[file.From]
			}
			jobs = append(jobs, func() ([]project.Output, error) { return one(file, data), nil })
		case project.Choices:
			jobs = append(jobs, func() ([]project.Output, error) { return one(file, s.Choices), nil })
		case project.Code:
			jobs = append(jobs, func() ([]project.Output, error) { return code(s, file) })
		default:
			more, err := fromTemplates(s, from, file)
			if err != nil {
				return nil, err
			}
			jobs = append(jobs, more...)
		}
	}
	return jobs, nil
}

// fromTemplates makes the jobs of a file, or of all files of a folder.
func fromTemplates(s Source, from *reader, file project.File) ([]job, error) {
	files := []project.File{file}
	if file.Kind == project.Tree {
		var err error
		if files, err = walk(s.Templates, file); err != nil {
			return nil, err
		}
	}
	jobs := make([]job, 0, len(files))
	for _, f := range files {
		do, err := from.job(s, f)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, do)
	}
	return jobs, nil
}

// walk lists the files of a folder of templates, each as a line of the plan.
func walk(tree fs.FS, folder project.File) ([]project.File, error) {
	var files []project.File
	err := fs.WalkDir(tree, folder.From, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		left := func(pattern string) bool { ok, err := path.Match(pattern, name); return ok && err == nil }
		if entry.IsDir() || slices.ContainsFunc(folder.Except, left) || !ships(name, folder.Class) {
			return nil
		}
		file := folder
		file.Kind = project.Template
		file.From = name
		file.Path = path.Join(folder.Path, strings.TrimSuffix(strings.TrimPrefix(name, folder.From), ".tmpl"))
		files = append(files, file)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("templates of %s: %w", folder.Path, err)
	}
	return files, nil
}

// ships says that a template of a folder becomes a file of the project.
func ships(name string, class project.Class) bool {
	if class == project.Owned {
		return strings.HasSuffix(strings.TrimSuffix(name, ".tmpl"), ".gen.go")
	}
	return !strings.HasSuffix(name, "_gen_test.go")
}

// code places the files of package api.
func code(s Source, folder project.File) ([]project.Output, error) {
	made, err := s.Code(s.API)
	if err != nil {
		return nil, fmt.Errorf("package %s: %w", path.Base(folder.Path), err)
	}
	var files []project.Output
	for name, data := range made {
		files = append(files, project.Output{
			Path:  folder.Path + name,
			Class: folder.Class,
			Data:  mark(name, data, s.Project),
		})
	}
	return files, nil
}

func one(file project.File, data []byte) []project.Output {
	return []project.Output{{Path: file.Path, Class: file.Class, Data: data}}
}
