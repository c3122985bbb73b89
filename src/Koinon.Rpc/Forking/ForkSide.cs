namespace Koinon.Rpc.Forking;

/// <summary>On which side of a fork a block stands.</summary>
internal enum ForkSide : byte
{
    /// <summary>Above the fork, or nowhere: the local chain answers.</summary>
    Local,

    /// <summary>It is the fork block: the local chain has its state, the remote its body.</summary>
    AtFork,

    /// <summary>Below the fork: the remote answers.</summary>
    Remote,
}
