package storage

import (
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// filesOf are the files kept with a template, in the order they came.
func filesOf(q querier, templateID string) ([]chat.File, error) {
	list, err := everyFileOf(q, templateID)
	return slices.DeleteFunc(list, func(f chat.File) bool { return f.State == chat.FileFormer }), err
}

// everyFileOf are filesOf, and those that only an earlier version of it kept.
func everyFileOf(q querier, templateID string) ([]chat.File, error) {
	rows, err := q.Query(`SELECT `+fileColumns+` FROM file WHERE template_id = $1 AND template_id <> '' ORDER BY template_id, id`, templateID)
	return collect(rows, err, scanFile)
}

func (t *tx) TemplateFiles(id string) ([]chat.File, error) { return filesOf(t.q, id) }

// fillTemplates gives each template of a site's list its files.
func fillTemplates(q querier, siteID string, list []chat.Template) error {
	rows, err := q.Query(`SELECT `+fileColumns+` FROM file WHERE template_id <> '' AND state = $1 AND template_id IN (SELECT id FROM template WHERE site_id = $2 AND deleted_at = 0)
		ORDER BY template_id, id`, chat.FileAttached, siteID)
	files, err := collect(rows, err, scanFile)
	if err != nil {
		return fmt.Errorf("read files of templates: %w", err)
	}
	by := map[string][]chat.File{}
	for _, f := range files {
		by[f.TemplateID] = append(by[f.TemplateID], f)
	}
	for i := range list {
		list[i].Files = by[list[i].ID]
	}
	return nil
}

// keepFiles makes the files that a template names its own: those it has already or
// had in an earlier version, and those its writer has just uploaded for a template of
// the site. What neither it nor an earlier version names is forgotten; the sweep takes
// bytes that no message shares.
func keepFiles(q querier, t *chat.Template) error {
	had, err := everyFileOf(q, t.ID)
	if err != nil {
		return err
	}
	for _, f := range had {
		state := chat.FileFormer
		if named(t.Files, f.ID) {
			state = chat.FileAttached
		}
		if _, err := q.Exec(`UPDATE file SET state = $1 WHERE id = $2 AND state <> $3`, state, f.ID, state); err != nil {
			return fmt.Errorf("keep file of template: %w", err)
		}
	}
	for _, f := range t.Files {
		if named(had, f.ID) {
			continue
		}
		res, err := q.Exec(`UPDATE file SET template_id = $1, state = $2
			WHERE id = $3 AND state = $4 AND site_id = $5 AND conversation_id = '' AND by_kind = $6 AND by_id = $7`,
			t.ID, chat.FileAttached, f.ID, chat.FilePending, t.SiteID, chat.ByAgent, t.ByID)
		if err := gone(res, err); chat.Is(err, chat.NotFound) {
			return chat.ErrFile()
		} else if err != nil {
			return fmt.Errorf("keep file with template: %w", err)
		}
	}
	if err := forgetFormer(q, t.ID); err != nil {
		return err
	}
	t.Files, err = filesOf(q, t.ID)
	return err
}

// forgetFormer deletes the files of a template that no version kept of it names.
func forgetFormer(q querier, templateID string) error {
	rows, err := q.Query(`SELECT files FROM template_version WHERE template_id = $1`, templateID)
	versions, err := collect(rows, err, scanString)
	if err != nil {
		return fmt.Errorf("read versions: %w", err)
	}
	kept := filesNamed(strings.Join(versions, " "))
	files, err := everyFileOf(q, templateID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.State != chat.FileFormer || named(kept, f.ID) {
			continue
		}
		if _, err := q.Exec(`DELETE FROM file WHERE id = $1`, f.ID); err != nil {
			return fmt.Errorf("forget file of template: %w", err)
		}
	}
	return nil
}

func named(list []chat.File, id string) bool {
	return slices.ContainsFunc(list, func(f chat.File) bool { return f.ID == id })
}
