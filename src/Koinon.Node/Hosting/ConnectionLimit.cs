using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Koinon.Node.Hosting;

/// <summary>Holds the number of connections at once below a limit, and tells those it refuses.</summary>
/// <param name="most">The limit.</param>
internal sealed class ConnectionLimit(int most)
{
    private int _open;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Serves a connection, or refuses it.</summary>
    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= most)
            {
                await next(connection).ConfigureAwait(false);
            }
            else
            {
                await RefuseAsync(connection).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task RefuseAsync(ConnectionContext connection)
    {
        string reason = $"too many connections: at most {most} at once (--connections-max)\n";
        string answer =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nConnection: close\r\nRetry-After: 1\r\n"
            + $"Content-Length: {reason.Length}\r\n\r\n{reason}";
        connection.Transport.Output.Write(Encoding.ASCII.GetBytes(answer));
        await connection.Transport.Output.FlushAsync().ConfigureAwait(false);
    }
}
