namespace Koinon.Abi;

/// <summary>What the return data of a reverted call is.</summary>
public enum RevertKind : byte
{
    /// <summary>Nothing was returned.</summary>
    Empty,

    /// <summary><c>Error(string)</c>: a message, from <c>require</c> or <c>revert</c>.</summary>
    Error,

    /// <summary><c>Panic(uint256)</c>: a code of the compiler's, from <c>assert</c> or a failed check.</summary>
    Panic,

    /// <summary>An error of the contract's own, known by its signature.</summary>
    Custom,

    /// <summary>Data that begins with a selector which nothing here knows, or does not decode.</summary>
    Unknown,
}
