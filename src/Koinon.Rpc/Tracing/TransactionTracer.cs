using System.Text.Json;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>Listens to one run and writes what it heard as a JSON value.</summary>
/// <param name="target">The run.</param>
internal abstract class TransactionTracer(TraceTarget target) : TraceListener
{
    /// <summary>The most bytes that a tracer keeps of one run.</summary>
    public const long BytesMax = 256L * 1024 * 1024;

    /// <summary>The run.</summary>
    protected TraceTarget Target => target;

    /// <summary>Where the value is written.</summary>
    protected Utf8JsonWriter Json => target.Stream.Json;

    /// <summary>Why there is no result although the run came to its end, or <see langword="null"/>.</summary>
    public virtual RpcError? Refusal => null;

    /// <summary>Writes what is written before the run, where the value arises during it.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Writes the value, or what is left of it, after the run.</summary>
    public abstract void Write(TransactionOutcome outcome);

    /// <summary>What a run is answered with that would keep too much.</summary>
    protected static RpcError TooLarge() => new(
        RpcErrorCode.ResponseTooLarge, $"trace too large: more than {BytesMax} bytes would have to be kept");
}
