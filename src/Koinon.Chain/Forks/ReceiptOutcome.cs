namespace Koinon.Chain.Forks;

/// <summary>What a receipt says of how its transaction ended.</summary>
public enum ReceiptOutcome : byte
{
    /// <summary>The state root after the transaction.</summary>
    StateRoot,

    /// <summary>Whether it succeeded (EIP-658).</summary>
    Status,
}
