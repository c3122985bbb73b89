using Koinon.Evm.Precompiles;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Forks;

/// <summary>The execution rules of one fork: a value that nobody changes. Each property is a rule by its own
/// name.</summary>
/// <remarks>
/// The rules of blocks (difficulty, rewards, blob schedule, requests) are the other half, in the chain's project. A
/// network may derive a variant once, at start. Nobody outside this folder compares forks: they ask for the rule.
/// </remarks>
public sealed record Fork
{
    /// <summary>The fork's name as the official tests spell it.</summary>
    public required string Name { get; init; }

    /// <summary>Which opcodes there are and what they cost.</summary>
    public required InstructionSet Instructions { get; init; }

    /// <summary>The prices that depend on operands, state or transaction.</summary>
    public required GasSchedule Gas { get; init; }

    /// <summary>The contracts that are part of the protocol.</summary>
    public required PrecompileSet Precompiles { get; init; }

    /// <summary>How much gas a call may take along.</summary>
    public CallGasRule CallGas { get; init; } = CallGasRule.Exact;

    /// <summary>What becomes of accounts that hold nothing.</summary>
    public EmptyAccountRule EmptyAccounts { get; init; } = EmptyAccountRule.Kept;

    /// <summary>How SSTORE is priced.</summary>
    public StorageGasRule StorageGas { get; init; } = StorageGasRule.Gross;

    /// <summary>What SELFDESTRUCT deletes.</summary>
    public SelfDestructRule SelfDestruct { get; init; } = SelfDestructRule.Always;

    /// <summary>What happens where deployed code cannot be paid.</summary>
    public CodeDepositRule CodeDeposit { get; init; } = CodeDepositRule.EmptyOnOutOfGas;

    /// <summary>The nonce of a new contract: 1 since EIP-161.</summary>
    public ulong ContractNonce { get; init; }

    /// <summary>The longest code in bytes (EIP-170).</summary>
    public int CodeSizeMax { get; init; } = int.MaxValue;

    /// <summary>The longest initialisation code in bytes (EIP-3860).</summary>
    public int InitCodeSizeMax { get; init; } = int.MaxValue;

    /// <summary>Whether code may not begin with 0xEF (EIP-3541).</summary>
    public bool ReservesCodePrefix { get; init; }

    /// <summary>Whether a signature's s must be in the lower half of the order (EIP-2).</summary>
    public bool RequiresLowS { get; init; }

    /// <summary>Whether a transaction may name a sender who did not sign it: development chains alone.</summary>
    public bool AllowsUnsigned { get; init; }

    /// <summary>Whether transactions may name their chain (EIP-155).</summary>
    public bool AllowsReplayProtection { get; init; }

    /// <summary>The greatest type of transaction there is (EIP-2718).</summary>
    public TransactionType TransactionTypeMax { get; init; } = TransactionType.Legacy;

    /// <summary>Whether accounts and slots are cold until touched (EIP-2929).</summary>
    public bool HasColdAccess { get; init; }

    /// <summary>Whether the beneficiary of the block is warm from the start (EIP-3651).</summary>
    public bool HasWarmBeneficiary { get; init; }

    /// <summary>Whether the base fee is taken from the price and burnt (EIP-1559).</summary>
    public bool HasBaseFee { get; init; }

    /// <summary>Whether PREVRANDAO gives the beacon chain's randomness in place of the difficulty (EIP-4399).</summary>
    public bool HasPrevRandao { get; init; }

    /// <summary>Whether an account's code may point at another's (EIP-7702).</summary>
    public bool HasDelegations { get; init; }

    /// <summary>The highest gas limit of a transaction (EIP-7825).</summary>
    public ulong TransactionGasMax { get; init; } = ulong.MaxValue;

    /// <summary>The most blobs of a transaction (EIP-7594).</summary>
    public int TransactionBlobsMax { get; init; } = int.MaxValue;
}
