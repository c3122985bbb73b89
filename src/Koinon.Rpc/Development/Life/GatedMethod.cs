using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Life;

/// <summary>
/// A method that changes a chain in whose place another may be put: once that is so, the other's is asked, so that
/// nothing that was answered is lost.
/// </summary>
/// <param name="inner">The method of the chain.</param>
/// <param name="gate">Says whether the chain still is the one.</param>
/// <param name="present">The methods of the one that is.</param>
public sealed class GatedMethod(RpcMethod inner, ChangeGate gate, Func<RpcMethodTable> present) : RpcMethod
{
    private static readonly string[] ChangingNames =
        ["anvil_", "debug_clear", "debug_set", "eth_resend", "eth_send", "evm_", "hardhat_", "personal_", "tenderly_"];

    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => inner.Aliases;

    /// <inheritdoc/>
    public override bool IsOrdered => inner.IsOrdered;

    internal override Type Documented => inner.Documented;

    internal override RpcMethodShape Describe() => inner.Describe();

    /// <summary>Whether a method may change a chain.</summary>
    public static bool IsFor(RpcMethod method) =>
        Array.Exists(ChangingNames, start => method.Name.StartsWith(start, StringComparison.Ordinal));

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (!gate.TryEnter())
        {
            while (present().Find(Name) == this)
            {
                // The other's methods come in this very moment.
                await Task.Yield();
            }

            RpcMethodTable table = present();
            return table.Find(Name) is { } next
                ? await next.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false)
                : RpcAnswer.Of(table.Unknown(Name));
        }

        try
        {
            return await inner.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave();
        }
    }
}
