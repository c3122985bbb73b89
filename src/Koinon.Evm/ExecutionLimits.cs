namespace Koinon.Evm;

/// <summary>What the caller of a transaction's execution allows.</summary>
/// <param name="GasAvailable">Gas left in the block.</param>
/// <param name="BlobGasAvailable">Blob gas left in the block.</param>
/// <param name="IsSimulation">Whether this is a question (<c>eth_call</c>): the nonce is not compared, the sender may
/// have code, the gas limit may be above a transaction's cap, and a fee of zero is taken whatever the base fee.</param>
/// <param name="IsValidated">Whether a question compares nonce and fees nevertheless (validation of
/// <c>eth_simulateV1</c>).</param>
public readonly record struct ExecutionLimits(
    ulong GasAvailable, ulong BlobGasAvailable, bool IsSimulation = false, bool IsValidated = false)
{
    /// <summary>Hears of calls to one address without code; <see langword="null"/> where nobody listens.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>Whether nonce and fees are left unjudged.</summary>
    internal bool IsLenient => IsSimulation && !IsValidated;

    /// <summary>No limit beyond the transaction's own.</summary>
    public static ExecutionLimits None => new(ulong.MaxValue, ulong.MaxValue);
}
