namespace Koinon.Evm.Precompiles;

/// <summary>How modular exponentiation is priced.</summary>
internal enum ModExpPricing : byte
{
    /// <summary>By a piecewise square of the bytes (EIP-198).</summary>
    Quadratic,

    /// <summary>By the square of the 64-bit words, 200 at least (EIP-2565).</summary>
    Words,

    /// <summary>Inputs of at most 1,024 bytes (EIP-7823), dearer from 32 bytes on, 500 at least (EIP-7883).</summary>
    Bounded,
}
