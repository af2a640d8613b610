package proof

import (
	"context"
	"fmt"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Mount shows the disk at an empty folder. It needs /dev/fuse and root. The
// returned function takes it away again; the disk keeps its state.
func (d *Disk) Mount(folder string) (unmount func() error, err error) {
	never := 10 * time.Minute // nobody but this kernel changes the disk
	server, err := fs.Mount(folder, &node{disk: d}, &fs.Options{
		MountOptions: fuse.MountOptions{
			DirectMountStrict: true, // no helper program
			FsName:            "proof",
			Name:              "proof",
			MaxWrite:          1 << 20,
		},
		EntryTimeout: &never,
		AttrTimeout:  &never,
	})
	if err != nil {
		return nil, fmt.Errorf("mount at %s: %w", folder, err)
	}
	return func() error {
		if err := server.Unmount(); err != nil {
			return err
		}
		server.Wait()
		return nil
	}, nil
}

// node is a file, or with file nil a directory.
type node struct {
	fs.Inode
	disk *Disk
	file *file
}

var (
	_ fs.NodeOnAdder   = (*node)(nil)
	_ fs.NodeGetattrer = (*node)(nil)
	_ fs.NodeSetattrer = (*node)(nil)
	_ fs.NodeOpener    = (*node)(nil)
	_ fs.NodeReader    = (*node)(nil)
	_ fs.NodeWriter    = (*node)(nil)
	_ fs.NodeFsyncer   = (*node)(nil)
	_ fs.NodeCreater   = (*node)(nil)
	_ fs.NodeMkdirer   = (*node)(nil)
	_ fs.NodeUnlinker  = (*node)(nil)
	_ fs.NodeRmdirer   = (*node)(nil)
	_ fs.NodeRenamer   = (*node)(nil)
	_ fs.NodeLinker    = (*node)(nil)
	_ fs.NodeStatfser  = (*node)(nil)
)

func (n *node) child(name string) string { return path.Join(n.Path(nil), name) }

func (n *node) attach(ctx context.Context, name string, f *file) *fs.Inode {
	mode := uint32(syscall.S_IFREG)
	if f == nil {
		mode = syscall.S_IFDIR
	}
	inode := n.NewPersistentInode(ctx, &node{disk: n.disk, file: f}, fs.StableAttr{Mode: mode})
	n.AddChild(name, inode, true)
	return inode
}

// OnAdd builds the tree of what the disk holds when it is mounted.
func (n *node) OnAdd(ctx context.Context) {
	if !n.IsRoot() {
		return
	}
	for name, f := range n.disk.list() {
		at := n
		dirs, base := path.Split(name)
		for _, dir := range strings.FieldsFunc(dirs, func(r rune) bool { return r == '/' }) {
			inode := at.GetChild(dir)
			if inode == nil {
				inode = at.attach(ctx, dir, nil)
			}
			at = inode.Operations().(*node)
		}
		at.attach(ctx, base, f)
	}
}

func (n *node) attr(out *fuse.Attr) {
	if n.file == nil {
		out.Mode = syscall.S_IFDIR | 0o700
		return
	}
	out.Mode, out.Nlink = syscall.S_IFREG|0o600, 1
	out.Size = uint64(n.disk.size(n.file))
	out.Blocks = (out.Size + sector - 1) / sector
}

func (n *node) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	n.attr(&out.Attr)
	return 0
}

func (n *node) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok && n.file != nil {
		if errno := n.disk.truncate(n.file, int64(size)); errno != 0 {
			return errno
		}
	}
	n.attr(&out.Attr)
	return 0
}

func (n *node) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, 0, 0
}

func (n *node) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	return fuse.ReadResultData(dest[:n.disk.read(n.file, dest, off)]), 0
}

func (n *node) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	if errno := n.disk.write(n.file, data, off); errno != 0 {
		return 0, errno
	}
	return uint32(len(data)), 0
}

func (n *node) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	if n.file == nil {
		return n.disk.syncDir(n.Path(nil))
	}
	return n.disk.sync(n.file)
}

func (n *node) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	f, errno := n.disk.create(n.child(name))
	if errno != 0 {
		return nil, nil, 0, errno
	}
	inode := n.attach(ctx, name, f)
	inode.Operations().(*node).attr(&out.Attr)
	return inode, nil, 0, 0
}

// Mkdir makes a directory, which lives as long as there are files in it.
func (n *node) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	inode := n.attach(ctx, name, nil)
	inode.Operations().(*node).attr(&out.Attr)
	return inode, 0
}

func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	n.disk.remove(n.child(name))
	return 0
}

func (n *node) Rmdir(_ context.Context, name string) syscall.Errno {
	if len(n.GetChild(name).Children()) > 0 {
		return syscall.ENOTEMPTY
	}
	return 0
}

// Rename moves a file; directories stay where they are.
func (n *node) Rename(_ context.Context, name string, newParent fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	if child := n.GetChild(name); flags != 0 || child.Mode() == syscall.S_IFDIR {
		return syscall.EINVAL
	}
	n.disk.rename(n.child(name), newParent.(*node).child(newName))
	return 0
}

// Link gives a file another name.
func (n *node) Link(_ context.Context, target fs.InodeEmbedder, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	at := target.(*node)
	if errno := n.disk.link(at.file, n.child(name)); errno != 0 {
		return nil, errno
	}
	at.attr(&out.Attr)
	return at.EmbeddedInode(), 0
}

// Statfs reports a terabyte, so that nobody is careful too early.
func (n *node) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	const block = 4096
	out.Bsize, out.NameLen = block, 255
	out.Blocks = 1 << 40 / block
	out.Bfree, out.Bavail = out.Blocks, out.Blocks
	return 0
}
