using System.Buffers;

namespace Koinon.Rpc.Dispatch;

/// <summary>Puts an answer into a buffer of the caller: what in-process callers use.</summary>
/// <param name="buffer">Where the answer goes.</param>
public sealed class RpcBufferOutput(IBufferWriter<byte> buffer) : RpcOutput
{
    /// <inheritdoc/>
    protected override ValueTask SendAsync(bool isLast, CancellationToken cancellation)
    {
        foreach (ReadOnlyMemory<byte> segment in HeldSegments())
        {
            buffer.Write(segment.Span);
        }

        return ValueTask.CompletedTask;
    }
}
