namespace Koinon.Node.Chains;

/// <summary>Whether the seals of blocks of proof of work are checked.</summary>
public enum SealChecking
{
    /// <summary>They are, by Ethash.</summary>
    Ethash,

    /// <summary>Every seal is taken for good: for chains of tests, which carry none.</summary>
    None,
}
