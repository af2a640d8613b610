package proof

import (
	"maps"
	"math/rand/v2"
	"path"
	"sync"
	"syscall"
)

// Disk is what a storage device and the page cache before it hold. Writes go to
// the cache; only a sync carries them to the device. A file's sync carries its
// own bytes and its own name, a directory's sync the names in it, as POSIX
// allows and ext4 does at least.
type Disk struct {
	mu     sync.Mutex
	names  map[string]*file // as the running system sees them
	safe   map[string]*file // as they are after a power cut
	frozen bool

	full     bool
	failSync bool
	syncs    int // that reached the device
}

// file is one file: as seen, as on the device, and what lies between.
type file struct {
	data    []byte
	safe    []byte
	pending []change
}

// change is a write of data at off, or a new size.
type change struct {
	off  int64
	data []byte
	size bool // off is the file's new size
}

// NewDisk returns an empty disk.
func NewDisk() *Disk { return &Disk{names: map[string]*file{}, safe: map[string]*file{}} }

// Fill makes everything that needs more room fail with ENOSPC, until it is
// called again with false.
func (d *Disk) Fill(full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = full
}

// FailSync makes every sync fail with EIO. What it should have carried is lost
// for the device although the cache goes on showing it: Linux marks such pages
// clean.
func (d *Disk) FailSync(fail bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failSync = fail
}

// Syncs returns how many syncs have reached the device.
func (d *Disk) Syncs() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.syncs
}

// Freeze ends the device's life: from now on nothing reaches it.
func (d *Disk) Freeze() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.frozen = true
}

// Cut takes the power away: what was never synced is gone. With torn, some of
// it had reached the device all the same, whole or in part and in any order,
// as real devices do. Call it when nothing uses the disk.
func (d *Disk) Cut(torn *rand.Rand) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.safe {
		if torn != nil {
			for _, c := range f.pending {
				f.safe = tear(torn, f.safe, c)
			}
		}
		f.pending = nil
		f.data = append([]byte(nil), f.safe...)
	}
	d.names = maps.Clone(d.safe)
	d.frozen = false
}

const sector = 512

// tear carries to the device what it kept of a change as it died: nothing, some
// leading sectors, or all.
func tear(r *rand.Rand, to []byte, c change) []byte {
	switch r.IntN(3) {
	case 0:
		return to
	case 1:
		c.data = c.data[:min(len(c.data), r.IntN(len(c.data)/sector+1)*sector)]
	}
	return apply(to, c)
}

func apply(to []byte, c change) []byte {
	if c.size {
		return resize(to, c.off)
	}
	if len(c.data) == 0 {
		return to
	}
	if end := c.off + int64(len(c.data)); end > int64(len(to)) {
		to = resize(to, end)
	}
	copy(to[c.off:], c.data)
	return to
}

func resize(b []byte, size int64) []byte {
	if size <= int64(len(b)) {
		return b[:size:size] // what was cut off must not come back when it grows
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}

// read copies what the running system sees at off.
func (d *Disk) read(f *file, dest []byte, off int64) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if off >= int64(len(f.data)) {
		return 0
	}
	return copy(dest, f.data[off:])
}

func (d *Disk) size(f *file) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return int64(len(f.data))
}

func (d *Disk) write(f *file, data []byte, off int64) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full && off+int64(len(data)) > int64(len(f.data)) {
		return syscall.ENOSPC
	}
	f.change(change{off: off, data: append([]byte(nil), data...)})
	return 0
}

func (d *Disk) truncate(f *file, size int64) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full && size > int64(len(f.data)) {
		return syscall.ENOSPC
	}
	f.change(change{off: size, size: true})
	return 0
}

func (f *file) change(c change) {
	f.data = apply(f.data, c)
	f.pending = append(f.pending, c)
}

// sync carries a file to the device.
func (d *Disk) sync(f *file) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frozen {
		return syscall.EIO
	}
	if d.failSync {
		f.pending = nil
		return syscall.EIO
	}
	for _, c := range f.pending {
		f.safe = apply(f.safe, c)
	}
	f.pending = nil
	for name, other := range d.names {
		if other == f {
			d.safe[name] = f
		}
	}
	d.syncs++
	return 0
}

// syncDir carries the names in a directory to the device.
func (d *Disk) syncDir(dir string) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frozen || d.failSync {
		return syscall.EIO
	}
	in := func(name string) bool { return path.Dir("/"+name) == path.Clean("/"+dir) }
	maps.DeleteFunc(d.safe, func(name string, _ *file) bool { return in(name) && d.names[name] == nil })
	for name, f := range d.names {
		if in(name) {
			d.safe[name] = f
		}
	}
	return 0
}

func (d *Disk) create(name string) (*file, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full {
		return nil, syscall.ENOSPC
	}
	f := &file{}
	d.names[name] = f
	return f, 0
}

func (d *Disk) link(f *file, name string) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.names[name] != nil {
		return syscall.EEXIST
	}
	d.names[name] = f
	return 0
}

func (d *Disk) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.names, name)
}

func (d *Disk) rename(from, to string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[to] = d.names[from]
	delete(d.names, from)
}

// list returns every file by its path.
func (d *Disk) list() map[string]*file {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.names)
}
