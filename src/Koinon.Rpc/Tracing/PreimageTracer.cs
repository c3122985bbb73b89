using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>keccak256PreimageTracer</c>: what was hashed, by its hash.</summary>
/// <param name="target">The run.</param>
internal sealed class PreimageTracer(TraceTarget target) : TransactionTracer(target)
{
    private readonly Dictionary<Hash256, byte[]> _preimages = [];
    private byte[]? _open;
    private long _bytes;

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override RpcError? Refusal => _bytes > BytesMax ? TooLarge() : null;

    /// <inheritdoc/>
    public override void OnStep(in Step step)
    {
        _open = null;
        if (step.Opcode != Opcode.Keccak256 || step.Stack.Length < 2 || _bytes > BytesMax)
        {
            return;
        }

        MemoryRange.TryRead(step, step.Stack[^1], step.Stack[^2], out _open);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt)
    {
        if (_open is { } preimage && halt == HaltReason.None
            && _preimages.TryAdd(Hash256.Keccak(preimage), preimage))
        {
            _bytes += preimage.Length;
        }

        _open = null;
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        foreach ((Hash256 hash, byte[] preimage) in _preimages)
        {
            Json.WriteWordName(hash.ToWord());
            HexWriter.Write(Json, preimage);
            Target.Stream.FlushWhenFull();
        }

        Json.WriteEndObject();
    }
}
