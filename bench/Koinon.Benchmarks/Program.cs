using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Koinon.Benchmarks.Import;

// `chain FOLDER BLOCKS` writes the chain whose import is measured by `koinon import` (README.md).
if (args is ["chain", string folder, string blocks])
{
    ImportChain.Write(folder, int.Parse(blocks, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

// Runs in this process: no project is generated, restored and built for each run. Each figure is the least and the
// median of its iterations, since the machines it runs on are shared.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithIterationCount(9).WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
    .HideColumns(StatisticColumn.Error, StatisticColumn.StdDev, StatisticColumn.Mean);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
