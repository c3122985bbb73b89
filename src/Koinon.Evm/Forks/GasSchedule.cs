namespace Koinon.Evm.Forks;

/// <summary>The prices that depend on operands, on state or on the transaction, under one fork. All in gas.</summary>
/// <remarks>Prices of whole opcodes stand in the fork's <see cref="InstructionSet"/>.</remarks>
public sealed record GasSchedule
{
    /// <summary>A word of memory, to which its square over 512 is added (yellow paper, appendix H).</summary>
    public long MemoryWord { get; init; } = 3;

    /// <summary>A word copied by the COPY family.</summary>
    public long CopyWord { get; init; } = 3;

    /// <summary>A word hashed by KECCAK256 or CREATE2.</summary>
    public long KeccakWord { get; init; } = 6;

    /// <summary>A topic of a log.</summary>
    public long LogTopic { get; init; } = 375;

    /// <summary>A byte of a log's data.</summary>
    public long LogDataByte { get; init; } = 8;

    /// <summary>A byte of EXP's exponent (EIP-160).</summary>
    public long ExponentByte { get; init; } = 10;

    /// <summary>First touch of an account, above the warm price in the opcode's row (EIP-2929).</summary>
    public long ColdAccountSurcharge { get; init; }

    /// <summary>First touch of a slot, above the warm price (EIP-2929).</summary>
    public long ColdSlotSurcharge { get; init; }

    /// <summary>First touch of SELFDESTRUCT's beneficiary (EIP-2929).</summary>
    public long SelfDestructColdAccount { get; init; }

    /// <summary>A touch of a warm account that no opcode's row covers: the target of a delegation (EIP-7702).</summary>
    public long WarmAccess { get; init; }

    /// <summary>A call that sends value.</summary>
    public long CallValue { get; init; } = 9_000;

    /// <summary>What the callee of such a call gets for free.</summary>
    public long CallStipend { get; init; } = 2_300;

    /// <summary>A call that brings an account into being.</summary>
    public long CallNewAccount { get; init; } = 25_000;

    /// <summary>A SELFDESTRUCT that brings its beneficiary into being (EIP-150).</summary>
    public long SelfDestructNewAccount { get; init; }

    /// <summary>Refund of a SELFDESTRUCT; none since EIP-3529.</summary>
    public long SelfDestructRefund { get; init; } = 24_000;

    /// <summary>A byte of deployed code.</summary>
    public long CodeDepositByte { get; init; } = 200;

    /// <summary>A word of initialisation code (EIP-3860).</summary>
    public long InitCodeWord { get; init; }

    /// <summary>Writing a slot that was zero.</summary>
    public long StorageSet { get; init; } = 20_000;

    /// <summary>Writing a slot that was not zero; without the cold surcharge.</summary>
    public long StorageReset { get; init; } = 5_000;

    /// <summary>Writing a slot a second time in a transaction, or what it already holds (EIP-1283, EIP-2200).</summary>
    public long StorageDirty { get; init; }

    /// <summary>Refund for setting a slot to zero.</summary>
    public long StorageClearRefund { get; init; } = 15_000;

    /// <summary>At most this much gas left, and SSTORE halts (EIP-2200); 0 where there is no such rule.</summary>
    public long StorageSentry { get; init; }

    /// <summary>The share of the gas used that may be refunded, as a divisor (EIP-3529).</summary>
    public long RefundQuotient { get; init; } = 2;

    /// <summary>Any transaction.</summary>
    public long Transaction { get; init; } = 21_000;

    /// <summary>A transaction that creates a contract, above the former (EIP-2).</summary>
    public long TransactionCreation { get; init; }

    /// <summary>A zero byte of a transaction's data.</summary>
    public long DataZeroByte { get; init; } = 4;

    /// <summary>Another byte of a transaction's data (EIP-2028).</summary>
    public long DataNonZeroByte { get; init; } = 68;

    /// <summary>The least price of a token of data, four to a byte that is not zero (EIP-7623); 0 for no
    /// floor.</summary>
    public long DataFloorToken { get; init; }

    /// <summary>An address of an access list (EIP-2930).</summary>
    public long AccessListAddress { get; init; } = 2_400;

    /// <summary>A slot of an access list (EIP-2930).</summary>
    public long AccessListSlot { get; init; } = 1_900;

    /// <summary>An authorization (EIP-7702).</summary>
    public long Authorization { get; init; } = 25_000;

    /// <summary>What is refunded of it where the authority exists already (EIP-7702).</summary>
    public long AuthorizationRefund { get; init; } = 12_500;

    /// <summary>A blob (EIP-4844), in blob gas.</summary>
    public ulong Blob { get; init; } = 131_072;
}
