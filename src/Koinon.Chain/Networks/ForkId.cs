using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>
/// A checksum of a chain's genesis and of the forks it has passed, by which peers know each other (EIP-2124).
/// </summary>
public static class ForkId
{
    /// <summary>The polynomial of CRC-32 (IEEE 802.3), reflected.</summary>
    private const uint Polynomial = 0xedb88320;

    /// <summary>The checksum at a block.</summary>
    /// <param name="genesis">Where the chain begins.</param>
    /// <param name="genesisHash">The hash of its first block.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="time">The block's time.</param>
    public static uint Of(Genesis genesis, in Hash256 genesisHash, ulong number, ulong time)
    {
        SortedSet<ulong> numbers = [];
        SortedSet<ulong> times = [];
        NetworkParameters network = genesis.Network;
        foreach (ForkActivation activation in network.Activations)
        {
            if (!activation.At.IsUInt64)
            {
                continue;
            }

            if (activation.Kind == ActivationKind.Number && activation.At.U0 > 0 && activation.At.U0 <= number)
            {
                numbers.Add(activation.At.U0);
            }
            else if (activation.Kind == ActivationKind.Time
                && activation.At.U0 > genesis.Block.Header.Timestamp && activation.At.U0 <= time)
            {
                times.Add(activation.At.U0);
            }
        }

        AddPassed(numbers, network.DaoForkNumber, number);
        AddPassed(numbers, network.MergeNetsplitNumber, number);
        uint checksum = Extend(uint.MaxValue, Hash256.AsSpan(in genesisHash));
        foreach (ulong at in numbers)
        {
            checksum = Extend(checksum, at);
        }

        foreach (ulong at in times)
        {
            checksum = Extend(checksum, at);
        }

        return ~checksum;
    }

    private static void AddPassed(SortedSet<ulong> numbers, ulong? at, ulong number)
    {
        if (at is > 0 and { } passed && passed <= number)
        {
            numbers.Add(passed);
        }
    }

    private static uint Extend(uint checksum, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return Extend(checksum, bytes);
    }

    private static uint Extend(uint checksum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte each in bytes)
        {
            checksum ^= each;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) != 0 ? (checksum >> 1) ^ Polynomial : checksum >> 1;
            }
        }

        return checksum;
    }
}
