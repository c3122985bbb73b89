using System.Net.Sockets;
using System.Text;

namespace Koinon.Node.Hosting;

/// <summary>The file of a Unix socket: a killed process leaves it behind, and then it is nobody's.</summary>
internal static class IpcSocket
{
    /// <summary>The longest name that the systems we know take for a socket, in bytes.</summary>
    private const int PathBytesMax = 103;

    /// <summary>Makes the path free, where nobody listens there.</summary>
    /// <exception cref="EndpointException">
    /// Somebody listens there, the file is no socket, or there cannot be one.
    /// </exception>
    public static void Free(string path)
    {
        string whole = Path.GetFullPath(path);
        string? fault = Encoding.UTF8.GetByteCount(whole) > PathBytesMax
            ? $"is too long for a socket, which has a name of at most {PathBytesMax} bytes"
            : Directory.Exists(whole) ? "is a folder"
            : !Directory.Exists(Path.GetDirectoryName(whole)) ? "lies in a folder that does not exist"
            : null;
        if (fault is not null)
        {
            throw new EndpointException(
                $"{path} {fault}; choose another path (--ipc PATH).", new SocketException((int)SocketError.Fault));
        }

        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            throw new EndpointException(
                $"{path} is in use by another program; choose another path (--ipc PATH).",
                new SocketException((int)SocketError.AddressAlreadyInUse));
        }
        catch (SocketException reason) when (reason.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // A socket has no length; whatever has one is somebody's file.
            if (new FileInfo(path).Length > 0)
            {
                throw new EndpointException(
                    $"{path} is a file, not a socket; choose another path (--ipc PATH).", reason);
            }

            File.Delete(path);
        }
    }
}
