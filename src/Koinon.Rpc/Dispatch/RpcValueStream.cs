using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>The value of a result that is written piece by piece, at the pace at which the caller reads.</summary>
/// <remarks>Not thread-safe. Held memory is one piece, whatever the value's length.</remarks>
public sealed class RpcValueStream
{
    /// <summary>How much is collected before it is sent.</summary>
    private const int PieceBytes = 32 * 1024;

    private readonly RpcOutput _output;

    internal RpcValueStream(Utf8JsonWriter json, RpcOutput output, CancellationToken cancellation)
    {
        Json = json;
        _output = output;
        Cancellation = cancellation;
    }

    /// <summary>Writes the value: exactly one, of any kind. It is not checked for order.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Ends when the caller has gone: nobody wants the rest.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether what was written is a piece's worth.</summary>
    public bool IsFull => Json.BytesPending + _output.HeldBytes >= PieceBytes;

    /// <summary>Sends what was written where it is a piece's worth; to be called after each member or item.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public void FlushWhenFull()
    {
        if (IsFull)
        {
            Flush();
        }
    }

    /// <summary>Sends what was written, and waits until there is room for more.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public void Flush()
    {
        Json.Flush();
        ValueTask sent = _output.FlushAsync(Cancellation);
        if (!sent.IsCompletedSuccessfully)
        {
            // The writer is synchronous (a tracer inside the interpreter), and the thread is its own: it may wait.
            sent.AsTask().GetAwaiter().GetResult();
        }

        Cancellation.ThrowIfCancellationRequested();
    }
}
