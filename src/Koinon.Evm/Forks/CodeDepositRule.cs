namespace Koinon.Evm.Forks;

/// <summary>What happens where the gas does not suffice to pay for deployed code.</summary>
public enum CodeDepositRule : byte
{
    /// <summary>The contract is made without code.</summary>
    EmptyOnOutOfGas,

    /// <summary>The creation fails (EIP-2).</summary>
    FailOnOutOfGas,
}
