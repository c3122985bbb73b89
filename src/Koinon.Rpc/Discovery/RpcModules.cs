using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Discovery;

/// <summary><c>rpc_modules</c>: the namespaces that are served, each with its version.</summary>
/// <param name="table">What is served.</param>
internal sealed class RpcModules(RpcMethodTable table) : RpcQuery<NoParameters, IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override string Name => "rpc_modules";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyDictionary<string, string>> Answer(NoParameters parameters)
    {
        SortedDictionary<string, string> modules = new(StringComparer.Ordinal);
        foreach (RpcMethod method in table.Methods)
        {
            modules[method.Namespace] = "1.0";
        }

        return modules;
    }
}
