using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Execution;

/// <summary>The errors of <c>eth_simulateV1</c>, which have codes of their own (execution-apis).</summary>
internal static class SimulationErrors
{
    /// <summary>A number that is not above the one before.</summary>
    public const int BlockNumberOrder = -38020;

    /// <summary>A time that is not after the one before.</summary>
    public const int TimestampOrder = -38021;

    /// <summary>More blocks or calls than are run at once.</summary>
    public const int LimitExceeded = -38026;

    /// <summary>A call of a block that ended otherwise than by a revert.</summary>
    public const int HaltedCall = -32015;

    private const int NonceTooLow = -38010;
    private const int NonceTooHigh = -38011;
    private const int BaseFeeTooLow = -38012;
    private const int IntrinsicGas = -38013;
    private const int InsufficientFunds = -38014;
    private const int BlockGasLimit = -38015;
    private const int SenderNotExternallyOwned = -38024;
    private const int InitCodeTooLarge = -38025;

    /// <summary>The error of a call that may not stand in a block: it ends the simulation.</summary>
    public static RpcError ErrorOf(TransactionError error, string? detail) =>
        TransactionTexts.ErrorOf(error, detail) with { Code = CodeOf(error) };

    /// <summary>The error of a call that asks for more gas than its block has left.</summary>
    public static RpcError BlockGasLimitReached(ulong used, ulong limit) =>
        new(BlockGasLimit, $"block gas limit reached: {used} >= {limit}");

    private static int CodeOf(TransactionError error) => error switch
    {
        TransactionError.NonceTooLow => NonceTooLow,
        TransactionError.NonceTooHigh => NonceTooHigh,
        TransactionError.FeeBelowBaseFee => BaseFeeTooLow,
        TransactionError.BlobFeeBelowBaseFee => BaseFeeTooLow,
        TransactionError.IntrinsicGasTooLow => IntrinsicGas,
        TransactionError.GasBelowFloor => IntrinsicGas,
        TransactionError.InsufficientFunds => InsufficientFunds,
        TransactionError.GasPriceProductOverflow => InsufficientFunds,
        TransactionError.GasAllowanceExceeded => BlockGasLimit,
        TransactionError.BlobGasAllowanceExceeded => BlockGasLimit,
        TransactionError.SenderNotExternallyOwned => SenderNotExternallyOwned,
        TransactionError.InitCodeTooLarge => InitCodeTooLarge,
        TransactionError.PriorityAboveMaximumFee => RpcErrorCode.InvalidParameters,

        // The specification's files have this code for a nonce that none may follow.
        TransactionError.NonceMaximum => RpcErrorCode.Internal,
        _ => RpcErrorCode.Server,
    };
}
