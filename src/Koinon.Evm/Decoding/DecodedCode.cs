using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Koinon.Evm.Forks;
using Koinon.Primitives;

namespace Koinon.Evm.Decoding;

/// <summary>Code as the interpreter runs it: a stream of fixed-size instructions, decoded block by block when first
/// entered.</summary>
/// <remarks>
/// Any number of threads may run one object at once: what is decoded never moves nor changes, and decoding more is done
/// under a lock and published by one pointer. An object from the pool (initialisation code, code made in the running
/// transaction) belongs to one machine.
/// </remarks>
internal sealed unsafe class DecodedCode : IDisposable
{
    /// <summary>Zero bytes after the code, so that a PUSH at its end reads its data without a test.</summary>
    internal const int Padding = 33;

    private readonly NativeArena _arena = new();
    private readonly Lock _lock = new();
    private readonly bool _exact;
    private Instruction* _entry;
    private ulong* _destinationBits;
    private int* _ranks;
    private Instruction** _targets;
    private DecodedCode? _twin;

    // Blocks that begin at no JUMPDEST and were asked for by offset; only slow paths look here, under the lock.
    private Dictionary<int, nint>? _blocks;

    /// <param name="exact">Whether each instruction is a block of its own and none are fused: for tracing and for
    /// finding out which instruction of a block halted.</param>
    internal DecodedCode(bool exact = false) => _exact = exact;

    /// <summary>The code's bytes, followed by <see cref="Padding"/> zero bytes.</summary>
    internal byte* Bytes { get; private set; }

    /// <summary>Length of the code in bytes.</summary>
    internal int Length { get; private set; }

    /// <summary>The rows that gas and stack were summed from.</summary>
    internal InstructionSet Instructions { get; private set; } = InstructionSet.None;

    /// <summary>Keccak-256 of the code; zero for initialisation code, which nobody asks for by hash.</summary>
    internal Hash256 Hash { get; private set; }

    /// <summary>Whether fusing pays: code that runs once is decoded without.</summary>
    internal bool Fuses { get; private set; }

    /// <summary>Bytes of native memory held.</summary>
    internal long SizeBytes => _arena.SizeBytes + (_twin?.SizeBytes ?? 0);

    /// <summary>The code's bytes.</summary>
    internal ReadOnlySpan<byte> Span => new(Bytes, Length);

    /// <summary>The arena that the decoder writes to, under the lock of this object.</summary>
    internal NativeArena Arena => _arena;

    /// <summary>Whether each instruction is a block of its own.</summary>
    internal bool IsExact => _exact;

    /// <summary>Takes other code; what was decoded before is forgotten.</summary>
    internal void Load(ReadOnlySpan<byte> code, in Hash256 hash, InstructionSet instructions, bool fuses)
    {
        _arena.Reset();
        _entry = null;
        _destinationBits = null;
        _ranks = null;
        _targets = null;
        _blocks?.Clear();
        Length = code.Length;
        Hash = hash;
        Instructions = instructions;
        Fuses = fuses && !_exact;
        Bytes = _arena.Take(code.Length + Padding);
        code.CopyTo(new Span<byte>(Bytes, code.Length));
        new Span<byte>(Bytes + code.Length, Padding).Clear();
        _twin?.Load(code, hash, instructions, fuses: false);
    }

    /// <summary>The block at the code's start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Instruction* Entry() => _entry != null ? _entry : DecodeEntry();

    /// <summary>The same code, each instruction a block of its own.</summary>
    internal DecodedCode Exact()
    {
        lock (_lock)
        {
            if (_twin is null)
            {
                var twin = new DecodedCode(exact: true);
                twin.Load(Span, Hash, Instructions, fuses: false);
                _twin = twin;
            }

            return _twin;
        }
    }

    /// <summary>The block at a jump's target, from the number that the decoder gave the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Instruction* Target(uint rank)
    {
        // In bounds: ranks are given out by TryGetRank only, below the count of destinations.
        Instruction* target = _targets[rank];
        return target != null ? target : DecodeTarget(rank);
    }

    /// <summary>The block at a jump's target, or null where the place is no JUMPDEST.</summary>
    internal Instruction* FindTarget(in UInt256 destination) =>
        destination.IsUInt64 && destination.U0 < (ulong)Length && TryGetRank((int)destination.U0, out uint rank)
            ? Target(rank)
            : null;

    /// <summary>Decodes the block at a code offset that is not a jump's target, or finds it where it is one.</summary>
    internal Instruction* DecodeAt(int offset)
    {
        if (offset < Length && TryGetRank(offset, out uint rank))
        {
            return Target(rank);
        }

        lock (_lock)
        {
            _blocks ??= [];
            if (!_blocks.TryGetValue(offset, out nint block))
            {
                block = (nint)Decoder.DecodeRun(this, offset);
                _blocks.Add(offset, block);
            }

            return (Instruction*)block;
        }
    }

    /// <summary>Decodes what a run stopped before, and lets the instruction lead there from now on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal Instruction* Resolve(Instruction* instruction)
    {
        Instruction* block = DecodeAt((int)instruction->Extra);
        Volatile.Write(ref instruction->Immediate, (ulong)block);
        return block;
    }

    /// <summary>The number of a JUMPDEST among those of the code; false where the place is none.</summary>
    internal bool TryGetRank(int offset, out uint rank)
    {
        if (_targets == null)
        {
            AnalyseDestinations();
        }

        ulong word = _destinationBits[offset >> 6];
        ulong bit = 1UL << (offset & 63);
        rank = (uint)(_ranks[offset >> 6] + BitOperations.PopCount(word & (bit - 1)));
        return (word & bit) != 0;
    }

    /// <summary>The block of a JUMPDEST where it is decoded already; null else.</summary>
    internal Instruction* DecodedTarget(uint rank) => _targets[rank];

    /// <summary>Publishes a JUMPDEST's block. Called under the lock.</summary>
    internal void Publish(uint rank, Instruction* block) => Volatile.Write(ref *(nint*)(_targets + rank), (nint)block);

    /// <inheritdoc/>
    public void Dispose()
    {
        _arena.Dispose();
        _twin?.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Instruction* DecodeEntry()
    {
        lock (_lock)
        {
            if (_entry == null)
            {
                Instruction* entry = Decoder.DecodeRun(this, 0);
                Thread.MemoryBarrier();
                _entry = entry;
            }

            return _entry;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Instruction* DecodeTarget(uint rank)
    {
        lock (_lock)
        {
            return _targets[rank] != null ? _targets[rank] : Decoder.DecodeRun(this, OffsetOf(rank));
        }
    }

    private int OffsetOf(uint rank)
    {
        // The last word whose rank is not above the one sought; words without destinations share their rank.
        int low = 0;
        int high = (Length - 1) >> 6;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (_ranks[middle] <= (int)rank)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        ulong word = _destinationBits[low];
        for (int skip = (int)rank - _ranks[low]; skip > 0; skip--)
        {
            word &= word - 1;
        }

        return (low << 6) + BitOperations.TrailingZeroCount(word);
    }

    // Marks every JUMPDEST that is not the data of a PUSH (yellow paper, section 9.4.3) and numbers them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AnalyseDestinations()
    {
        const byte JumpDest = (byte)Evm.Instructions.Opcode.JumpDest;
        const byte Push1 = (byte)Evm.Instructions.Opcode.Push1;
        const byte Push32 = (byte)Evm.Instructions.Opcode.Push32;
        lock (_lock)
        {
            if (_targets != null)
            {
                return;
            }

            int words = (Length >> 6) + 1;
            ulong* bits = (ulong*)_arena.Take(words * sizeof(ulong));
            int* ranks = (int*)_arena.Take(words * sizeof(int));
            NativeMemory.Clear(bits, (nuint)words * sizeof(ulong));
            byte* code = Bytes;
            int length = Length;
            for (int i = 0; i < length; i++)
            {
                byte opcode = code[i];
                if (opcode is >= Push1 and <= Push32)
                {
                    i += opcode - Push1 + 1;
                }
                else if (opcode == JumpDest)
                {
                    bits[i >> 6] |= 1UL << (i & 63);
                }
            }

            int count = 0;
            for (int w = 0; w < words; w++)
            {
                ranks[w] = count;
                count += BitOperations.PopCount(bits[w]);
            }

            var targets = (Instruction**)_arena.Take(Math.Max(1, count) * sizeof(nint));
            NativeMemory.Clear(targets, (nuint)count * (nuint)sizeof(nint));
            _destinationBits = bits;
            _ranks = ranks;
            Thread.MemoryBarrier();
            _targets = targets;
        }
    }
}
