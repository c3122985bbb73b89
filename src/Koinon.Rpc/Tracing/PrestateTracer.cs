using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>prestateTracer</c>: what the accounts that a run touches were before it, and with
/// <c>diffMode</c> what changed.</summary>
/// <param name="target">The run.</param>
/// <param name="options">What is shown.</param>
internal sealed class PrestateTracer(TraceTarget target, PrestateOptions options) : TransactionTracer(target)
{
    // About what a slot takes while it is remembered.
    private const int SlotBytes = 128;

    private readonly TouchedState _touched = new();
    private bool _hasBegun;

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override RpcError? Refusal =>
        (long)(_touched.SlotCount + _touched.Accounts.Count) * SlotBytes > BytesMax ? TooLarge() : null;

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _touched.Begin(Target);
        }
    }

    /// <inheritdoc/>
    public override void OnStep(in Step step) => _touched.OnStep(step);

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt) => _touched.OnStepEnd(halt);

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        if (options.DiffMode)
        {
            Json.WriteStartObject();
            WriteSide("post"u8, outcome.Changes, isAfter: true);
            WriteSide("pre"u8, outcome.Changes, isAfter: false);
            Json.WriteEndObject();
            return;
        }

        Json.WriteStartObject();
        foreach (Address address in _touched.Accounts)
        {
            bool exists = Before(address, out Account account);
            if ((exists && !account.IsEmpty) || options.IncludeEmpty)
            {
                Json.WriteAddressName(address);
                WriteBefore(address, account, change: null);
            }
        }

        Json.WriteEndObject();
    }

    private void WriteSide(ReadOnlySpan<byte> name, StateChanges changes, bool isAfter)
    {
        Json.WriteStartObject(name);
        foreach (Address address in _touched.Accounts)
        {
            if (!changes.Accounts.TryGetValue(address, out AccountChange? change))
            {
                continue;
            }

            bool exists = Before(address, out Account account);
            bool isEmpty = !exists || account.IsEmpty;
            if (isAfter && change.Account is { } after && IsChanged(address, account, after, change))
            {
                Json.WriteAddressName(address);
                WriteAfter(address, account, after, change, changes);
            }
            else if (!isAfter && !isEmpty
                && (change.Account is not { } left || IsChanged(address, account, left, change)))
            {
                Json.WriteAddressName(address);
                WriteBefore(address, account, change);
            }
        }

        Json.WriteEndObject();
    }

    // With a change: only the slots that it changed, and none that were zero; all of them where the account goes.
    private void WriteBefore(in Address address, in Account account, AccountChange? change)
    {
        Json.WriteStartObject();
        Json.WriteQuantity("balance"u8, account.Balance);
        if (account.Nonce > 0)
        {
            Json.WriteNumber("nonce"u8, account.Nonce);
        }

        if (account.HasCode)
        {
            if (!options.DisableCode)
            {
                Json.WriteData("code"u8, StateCode.Of(Target.State, address).Span);
            }

            Json.WriteHash("codeHash"u8, account.CodeHash);
        }

        WriteSlotsBefore(address, change);
        Json.WriteEndObject();
    }

    private void WriteSlotsBefore(in Address address, AccountChange? change)
    {
        bool isOpen = false;
        foreach (UInt256 slot in SlotsShown(address))
        {
            Target.State.ReadSlot(address, slot, out UInt256 value);
            bool isShown = change is null || (change.Account is null && !value.IsZero)
                || (change.Slots.TryGetValue(slot, out UInt256 after) && after != value && !value.IsZero);
            if (isShown)
            {
                OpenStorage(ref isOpen);
                Json.WriteWordName(slot);
                Json.WriteWordValue(value);
                Target.Stream.FlushWhenFull();
            }
        }

        CloseStorage(isOpen);
    }

    private void WriteAfter(
        in Address address, in Account before, in Account after, AccountChange change, StateChanges changes)
    {
        Json.WriteStartObject();
        if (after.Balance != before.Balance)
        {
            Json.WriteQuantity("balance"u8, after.Balance);
        }

        if (after.Nonce != before.Nonce)
        {
            Json.WriteNumber("nonce"u8, after.Nonce);
        }

        if (after.CodeHash != before.CodeHash)
        {
            if (!options.DisableCode)
            {
                Json.WriteData("code"u8, StateCode.Of(Target.State, changes, after.CodeHash).Span);
            }

            Json.WriteHash("codeHash"u8, after.HasCode ? after.CodeHash : Hash256.Zero);
        }

        bool isOpen = false;
        foreach (UInt256 slot in SlotsShown(address))
        {
            if (SlotChanges(address, slot, change, out UInt256 value) && !value.IsZero)
            {
                OpenStorage(ref isOpen);
                Json.WriteWordName(slot);
                Json.WriteWordValue(value);
                Target.Stream.FlushWhenFull();
            }
        }

        CloseStorage(isOpen);
        Json.WriteEndObject();
    }

    private IEnumerable<UInt256> SlotsShown(in Address address) =>
        options.DisableStorage ? [] : _touched.SlotsOf(address);

    private bool Before(in Address address, out Account account)
    {
        bool exists = Target.State.ReadAccount(address, out account) == ReadStatus.Found;
        account = exists ? account : Account.Empty;
        return exists;
    }

    private bool IsChanged(in Address address, in Account before, in Account after, AccountChange change)
    {
        if (before != after)
        {
            return true;
        }

        foreach (UInt256 slot in SlotsShown(address))
        {
            if (SlotChanges(address, slot, change, out _))
            {
                return true;
            }
        }

        return false;
    }

    private bool SlotChanges(in Address address, in UInt256 slot, AccountChange change, out UInt256 after)
    {
        Target.State.ReadSlot(address, slot, out UInt256 before);
        after = change.Slots.TryGetValue(slot, out UInt256 value) ? value
            : change.StorageWiped ? UInt256.Zero
            : before;
        return after != before;
    }

    private void OpenStorage(ref bool isOpen)
    {
        if (!isOpen)
        {
            isOpen = true;
            Json.WriteStartObject("storage"u8);
        }
    }

    private void CloseStorage(bool isOpen)
    {
        if (isOpen)
        {
            Json.WriteEndObject();
        }
    }
}
