using System.Net.Sockets;

namespace Koinon.Node.Hosting;

/// <summary>The file of a Unix socket: a killed process leaves it behind, and then it is nobody's.</summary>
internal static class IpcSocket
{
    /// <summary>Makes the path free, where nobody listens there.</summary>
    /// <exception cref="EndpointException">Somebody listens there, or the file is no socket.</exception>
    public static void Free(string path)
    {
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
