namespace Koinon.Rpc.Requests;

/// <summary>What a block is named by in a request.</summary>
public enum BlockTag : byte
{
    /// <summary>The head.</summary>
    Latest,

    /// <summary>The block being built on the head, with what the pool holds.</summary>
    Pending,

    /// <summary>The genesis.</summary>
    Earliest,

    /// <summary>The newest block held to be safe from reorganisation.</summary>
    Safe,

    /// <summary>The newest block that is final.</summary>
    Finalized,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A hash.</summary>
    Hash,
}
