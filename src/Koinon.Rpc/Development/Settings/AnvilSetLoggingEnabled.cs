using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Settings;

/// <summary><c>anvil_setLoggingEnabled</c>: prints requests and blocks, or no longer.</summary>
/// <param name="log">What the chain prints.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetLoggingEnabled(IRequestLog log, Manner manner) : DevelopmentCommand<bool>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setLoggingEnabled";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setLoggingEnabled"];

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.Required(NumberReader.Flag);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(bool parameters, CancellationToken cancellation)
    {
        log.IsEnabled = parameters;
        return default;
    }
}
