namespace Koinon.State.Tries;

/// <summary>What making a root cost.</summary>
public struct TrieStatistics
{
    /// <summary>Nodes that were hashed.</summary>
    public long NodesHashed { get; set; }

    /// <summary>Bytes that were hashed.</summary>
    public long BytesHashed { get; set; }
}
