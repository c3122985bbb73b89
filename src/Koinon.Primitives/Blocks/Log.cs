using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>What a contract wrote for the world outside to find.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed class Log
{
    /// <summary>The most topics a log has.</summary>
    public const int MaxTopics = 4;

    /// <summary>A log.</summary>
    /// <param name="address">The contract that wrote it.</param>
    /// <param name="topics">Up to four.</param>
    /// <param name="data">Any length; kept, not copied.</param>
    public Log(Address address, IReadOnlyList<Hash256> topics, ReadOnlyMemory<byte> data)
    {
        Address = address;
        Topics = topics;
        Data = data;
    }

    /// <summary>The contract that wrote it.</summary>
    public Address Address { get; }

    /// <summary>The topics it can be found by.</summary>
    public IReadOnlyList<Hash256> Topics { get; }

    /// <summary>The rest.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Writes the log as the list it is in a receipt.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        int topicsLength = Topics.Count * (1 + Hash256.Size);
        writer.WriteListHeader(
            1 + Address.Size + RlpWriter.HeaderLength(topicsLength) + topicsLength + RlpWriter.LengthOf(Data.Span));
        writer.Write(Address);
        writer.WriteListHeader(topicsLength);
        for (int i = 0; i < Topics.Count; i++)
        {
            writer.Write(Topics[i]);
        }

        writer.Write(Data.Span);
    }

    /// <summary>The digest of the list of some logs, by which state tests compare them.</summary>
    public static Hash256 HashOf(IReadOnlyList<Log> logs)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        EncodeListTo(ref writer, logs);
        Hash256 hash = Hash256.Keccak(writer.Written);
        writer.Dispose();
        return hash;
    }

    /// <summary>Adds the address and topics to a filter.</summary>
    public void AddTo(ref Bloom bloom)
    {
        bloom.Add(Address);
        for (int i = 0; i < Topics.Count; i++)
        {
            bloom.Add(Topics[i]);
        }
    }

    /// <summary>Writes logs as a list.</summary>
    internal static void EncodeListTo(ref RlpWriter writer, IReadOnlyList<Log> logs)
    {
        int list = writer.BeginList();
        for (int i = 0; i < logs.Count; i++)
        {
            logs[i].EncodeTo(ref writer);
        }

        writer.EndList(list);
    }
}
