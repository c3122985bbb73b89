namespace Koinon.State.Proofs;

/// <summary>Why a Merkle proof proves nothing.</summary>
public enum ProofError : byte
{
    /// <summary>The proof holds.</summary>
    None,

    /// <summary>The list ends before the way of the key does.</summary>
    NodeMissing,

    /// <summary>A node is not the one that the root, or the node above it, names by its hash.</summary>
    HashMismatch,

    /// <summary>Nodes follow the one at which the way of the key ends.</summary>
    ExtraNodes,

    /// <summary>A node is not canonical RLP.</summary>
    MalformedRlp,

    /// <summary>A node is no list of 2 or 17 items, or its value is a list, or is empty in a leaf.</summary>
    MalformedNode,

    /// <summary>A node's path is not in hex-prefix form, or is empty in an extension.</summary>
    MalformedPath,

    /// <summary>A child is neither empty, nor a hash, nor a node of fewer than 32 bytes in its place; or a node of
    /// fewer than 32 bytes is named by its hash.</summary>
    MalformedReference,

    /// <summary>What stands at the address is no account.</summary>
    MalformedAccount,

    /// <summary>What stands at the slot is no word other than zero.</summary>
    MalformedSlot,

    /// <summary>The proof holds, but for another account than it claims.</summary>
    AccountMismatch,

    /// <summary>The proof holds, but for another storage root than it claims.</summary>
    StorageRootMismatch,

    /// <summary>The proof holds, but for another value of a slot than it claims.</summary>
    SlotMismatch,
}
