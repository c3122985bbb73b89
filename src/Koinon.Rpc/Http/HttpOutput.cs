using System.IO.Pipelines;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Http;

namespace Koinon.Rpc.Http;

/// <summary>
/// Sends an answer as the body of a response: with its length where it is sent whole, in chunks where it is streamed.
/// </summary>
/// <param name="response">The response; nothing of it is sent before the first piece.</param>
internal sealed class HttpOutput(HttpResponse response) : RpcOutput
{
    /// <inheritdoc/>
    protected override async ValueTask SendAsync(bool isLast, CancellationToken cancellation)
    {
        if (!HasSent)
        {
            response.ContentLength = HeldBytes;
        }

        PipeWriter writer = response.BodyWriter;
        foreach (ReadOnlyMemory<byte> segment in HeldSegments())
        {
            FlushResult sent = await writer.WriteAsync(segment, cancellation).ConfigureAwait(false);
            if (sent.IsCompleted || sent.IsCanceled)
            {
                throw new OperationCanceledException("The caller has gone.");
            }
        }
    }
}
