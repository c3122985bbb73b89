using Koinon.Evm.Frames;
using Koinon.Primitives;

namespace Koinon.Evm.Instructions;

/// <summary>Instructions that ask for what lies outside the state.</summary>
internal static class BlockInstructions
{
    // How many ancestors can be asked for by number (yellow paper, appendix H).
    private const ulong AncestorsMax = 256;

    internal static UInt256 BlockHash(Machine machine, in UInt256 number)
    {
        ulong current = machine.Environment.BlockNumber;
        bool isInReach = number.IsUInt64 && number.U0 < current && current - number.U0 <= AncestorsMax;
        if (!isInReach || machine.Environment.BlockHashes is not { } hashes)
        {
            return UInt256.Zero;
        }

        if (hashes.TryGet(number.U0, out Hash256 hash))
        {
            return hash.ToWord();
        }

        if (hashes.IsUnavailable(number.U0))
        {
            // The run goes on with a wrong word, and its outcome is that something was missing.
            machine.State.Missing.Add(StateKey.HashOf(number.U0));
        }

        return UInt256.Zero;
    }

    internal static UInt256 BlobHash(Machine machine, in UInt256 index)
    {
        IReadOnlyList<Hash256> hashes = machine.Environment.BlobHashes;
        return index.IsUInt64 && index.U0 < (ulong)hashes.Count ? hashes[(int)index.U0].ToWord() : UInt256.Zero;
    }

    /// <summary>Gas of EXP that depends on its exponent.</summary>
    internal static long ExponentGas(Machine machine, in UInt256 exponent) =>
        exponent.ByteLength * machine.Fork.Gas.ExponentByte;
}
