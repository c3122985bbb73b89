using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>A run that is about to be traced: what is run, on what, and where the result goes.</summary>
internal sealed class TraceTarget
{
    /// <summary>The rules.</summary>
    public required Fork Fork { get; init; }

    /// <summary>The state before the run; it stays so until the result is written.</summary>
    public required IStateView State { get; init; }

    /// <summary>What the run sees of its block.</summary>
    public required BlockEnvironment Environment { get; init; }

    /// <summary>What is run.</summary>
    public required Transaction Transaction { get; init; }

    /// <summary>Who sent it.</summary>
    public required Address Sender { get; init; }

    /// <summary>Where it stands; <see langword="null"/> of a call, which stands nowhere.</summary>
    public TracePlace? Place { get; init; }

    /// <summary>Logs in the block before it.</summary>
    public int FirstLog { get; init; }

    /// <summary>Where the result goes.</summary>
    public required RpcValueStream Stream { get; init; }

    /// <summary>Whether steps are shown as Hardhat shows them.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The time that the run may take.</summary>
    public required TraceClock Clock { get; init; }

    /// <summary>The contract that the transaction makes, or the account that it calls.</summary>
    public Address Recipient => Transaction.To ?? ContractAddress.Of(Sender, NonceOfSender());

    /// <summary>Sends what was written during the run; waiting for the reader takes none of the run's time.</summary>
    public void FlushDuringRun()
    {
        if (Stream.IsFull)
        {
            Clock.PauseFor(Stream.Flush);
        }
    }

    // The nonce that a call names counts for nothing.
    private ulong NonceOfSender()
    {
        if (Place is not null)
        {
            return Transaction.Nonce;
        }

        State.ReadAccount(Sender, out Account account);
        return account.Nonce;
    }
}
