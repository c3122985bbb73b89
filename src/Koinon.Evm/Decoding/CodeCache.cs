using Koinon.Evm.Forks;
using Koinon.Primitives;

namespace Koinon.Evm.Decoding;

/// <summary>Decoded code by instruction set and code hash, bounded in bytes, the least lately used leaving
/// first.</summary>
/// <remarks>Thread-safe: a short lock for each look-up, of which a transaction makes one for each account that it
/// runs.</remarks>
internal sealed class CodeCache
{
    private readonly Lock _lock = new();
    private readonly long _bytesMax;
    private readonly Dictionary<(InstructionSet, Hash256), LinkedListNode<DecodedCode>> _entries = [];
    private readonly LinkedList<DecodedCode> _recent = [];
    private long _bytes;

    internal CodeCache(long bytesMax) => _bytesMax = bytesMax;

    /// <summary>Code of no bytes: it stops at once.</summary>
    internal static DecodedCode Empty { get; } = CreateEmpty();

    internal DecodedCode? Find(InstructionSet instructions, in Hash256 hash)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((instructions, hash), out LinkedListNode<DecodedCode>? node))
            {
                return null;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value;
        }
    }

    internal DecodedCode Add(InstructionSet instructions, in Hash256 hash, ReadOnlySpan<byte> bytes)
    {
        var code = new DecodedCode();
        code.Load(bytes, hash, instructions, fuses: true);
        lock (_lock)
        {
            if (_entries.TryGetValue((instructions, hash), out LinkedListNode<DecodedCode>? present))
            {
                return present.Value;
            }

            _entries.Add((instructions, hash), _recent.AddFirst(code));
            _bytes += Weight(code);
            while (_bytes > _bytesMax && _recent.Last is { } last && last != _recent.First)
            {
                // A machine may be running it: its memory is freed when nobody can reach it any more.
                _recent.RemoveLast();
                _entries.Remove((last.Value.Instructions, last.Value.Hash));
                _bytes -= Weight(last.Value);
            }
        }

        return code;
    }

    // What a code comes to hold once all of it is decoded, estimated when it is added: it must not change until it
    // leaves.
    private static long Weight(DecodedCode code) => 1_024 + (24L * code.Length);

    private static DecodedCode CreateEmpty()
    {
        var code = new DecodedCode();
        code.Load([], Primitives.State.Account.NoCode, InstructionSet.None, fuses: false);
        return code;
    }
}
