using System.Buffers.Binary;
using System.Globalization;
using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>4byteTracer</c>: how often each function was called, by selector and size of data.</summary>
/// <param name="target">The run.</param>
internal sealed class FourByteTracer(TraceTarget target) : TransactionTracer(target)
{
    private const int SelectorBytes = 4;

    private readonly SortedDictionary<(uint Selector, int Length), int> _counts = [];

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        bool isCall = start.Kind is not (FrameKind.Create or FrameKind.Create2);
        if (isCall && start.Input.Length >= SelectorBytes && !Target.Fork.Precompiles.TryGet(start.To, out _))
        {
            uint selector = BinaryPrimitives.ReadUInt32BigEndian(start.Input.Span);
            (uint, int) key = (selector, start.Input.Length - SelectorBytes);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        foreach (((uint selector, int length), int count) in _counts)
        {
            Json.WriteNumber(string.Create(CultureInfo.InvariantCulture, $"0x{selector:x8}-{length}"), count);
            Target.Stream.FlushWhenFull();
        }

        Json.WriteEndObject();
    }
}
