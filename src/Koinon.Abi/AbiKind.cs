namespace Koinon.Abi;

/// <summary>The families of ABI types.</summary>
public enum AbiKind : byte
{
    /// <summary><c>uint8</c> to <c>uint256</c>, and <c>ufixed</c> as the integer that stands for it.</summary>
    Unsigned,

    /// <summary><c>int8</c> to <c>int256</c>, and <c>fixed</c> as the integer that stands for it.</summary>
    Signed,

    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>address</c>.</summary>
    Address,

    /// <summary><c>bytes1</c> to <c>bytes32</c>, and <c>function</c> (24 bytes).</summary>
    FixedBytes,

    /// <summary><c>bytes</c>.</summary>
    Bytes,

    /// <summary><c>string</c>, in UTF-8.</summary>
    Text,

    /// <summary><c>T[]</c>.</summary>
    Array,

    /// <summary><c>T[k]</c>.</summary>
    FixedArray,

    /// <summary><c>(T1,…,Tn)</c>, Solidity's structs.</summary>
    Tuple,
}
