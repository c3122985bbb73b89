using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain;

/// <summary>Reads deposit requests out of the deposit contract's logs (EIP-6110).</summary>
internal static class DepositEvents
{
    /// <summary>Bytes of a deposit request: public key, credentials, amount, signature, index.</summary>
    internal const int RequestBytes = 48 + 32 + 8 + 96 + 8;

    private const int EventBytes = 576;
    private const int WordBytes = 32;

    /// <summary>Keccak-256 of <c>DepositEvent(bytes,bytes,bytes,bytes,bytes)</c>.</summary>
    private static readonly Hash256 Topic = Hash256.Keccak("DepositEvent(bytes,bytes,bytes,bytes,bytes)"u8);

    /// <summary>Where each of the five fields' lengths stands in the event, and what it must be.</summary>
    private static readonly (int Offset, int Length)[] Fields = [(160, 48), (256, 32), (320, 8), (384, 96), (512, 8)];

    /// <summary>Whether a log is a deposit event.</summary>
    internal static bool Matches(Log log, in Address contract) =>
        log.Address == contract && log.Topics.Count > 0 && log.Topics[0] == Topic;

    /// <summary>Adds the request of a deposit event.</summary>
    /// <param name="data">The event's data.</param>
    /// <param name="requests">Receives <see cref="RequestBytes"/> bytes.</param>
    /// <returns>Whether the event is laid out as the deposit contract lays it out.</returns>
    internal static bool TryAppend(ReadOnlySpan<byte> data, MemoryStream requests)
    {
        if (data.Length != EventBytes)
        {
            return false;
        }

        for (int i = 0; i < Fields.Length; i++)
        {
            (int offset, int length) = Fields[i];
            if (!IsWord(data.Slice(i * WordBytes, WordBytes), offset)
                || !IsWord(data.Slice(offset, WordBytes), length))
            {
                return false;
            }
        }

        foreach ((int offset, int length) in Fields)
        {
            requests.Write(data.Slice(offset + WordBytes, length));
        }

        return true;
    }

    private static bool IsWord(ReadOnlySpan<byte> word, int value) => UInt256.FromBigEndian(word) == (uint)value;
}
