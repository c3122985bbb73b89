using Koinon.Primitives;

namespace Koinon.Chain;

/// <summary>Wei that a block gives an account outside of transactions.</summary>
/// <param name="Address">To whom.</param>
/// <param name="Amount">In wei; zero touches the account all the same (EIP-161).</param>
public readonly record struct BalanceCredit(Address Address, UInt256 Amount);
