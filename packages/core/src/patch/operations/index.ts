// The operations by their names.
import type { Operation, PatchContext, Step } from '../operation.js';
import { addLdap2 } from './add-ldap2.js';
import { comment } from './comment.js';
import { componentModule } from './component-module.js';
import { disableFile } from './disable-file.js';
import { enableFile } from './enable-file.js';
import { ensureComponent } from './ensure-component.js';
import { ensureFile } from './ensure-file.js';
import { ensureHost } from './ensure-host.js';
import { ensureInclude } from './ensure-include.js';
import { listAdd } from './list-add.js';
import { listRemove } from './list-remove.js';
import { listSet } from './list-set.js';
import { migrateLdap } from './migrate-ldap.js';
import { removeHost } from './remove-host.js';
import { renameHost } from './rename-host.js';
import { set } from './set.js';
import { tableMatch } from './table-match.js';
import { tableSet } from './table-set.js';
import { tableUnset } from './table-unset.js';
import { uncomment } from './uncomment.js';
import { unset } from './unset.js';

/** One operation against one state of the tree. */
export function perform(context: PatchContext, operation: Operation): Step {
  switch (operation.op) {
    case 'set':
      return set(context, operation);
    case 'unset':
      return unset(context, operation);
    case 'list.add':
      return listAdd(context, operation);
    case 'list.remove':
      return listRemove(context, operation);
    case 'list.set':
      return listSet(context, operation);
    case 'table.set':
      return tableSet(context, operation);
    case 'table.unset':
      return tableUnset(context, operation);
    case 'table.match':
      return tableMatch(context, operation);
    case 'ensure.host':
      return ensureHost(context, operation);
    case 'ensure.component':
      return ensureComponent(context, operation);
    case 'remove.host':
      return removeHost(context, operation);
    case 'rename.host':
      return renameHost(context, operation);
    case 'component.module':
      return componentModule(context, operation);
    case 'ensure.include':
      return ensureInclude(context, operation);
    case 'enable.file':
      return enableFile(context, operation);
    case 'disable.file':
      return disableFile(context, operation);
    case 'comment':
      return comment(context, operation);
    case 'uncomment':
      return uncomment(context, operation);
    case 'ensure.file':
      return ensureFile(context, operation);
    case 'add.ldap2':
      return addLdap2(context, operation);
    case 'migrate.ldap':
      return migrateLdap(context, operation);
  }
}
